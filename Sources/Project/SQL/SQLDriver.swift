import Diagnostics

/// The program beside a folder of queries that runs them and puts their rows in one CSV.
struct SQLDriver {
  /// The folder of the queries.
  static let queries = "requetes"
  /// The CSV that is made unless another is named.
  static let results = "resultats.csv"

  let dialect: String
  let columns: [String]
  let language: Language

  /// The name of its file.
  var name: String { dialect == "spark" ? "run.py" : "run.sh" }

  /// Its text.
  var text: String { dialect == "spark" ? python : shell }

  /// The engine's own shell, told to answer in CSV and to stop at the first error.
  private var command: String {
    switch dialect {
    case "sqlite": "sqlite3 -bail -csv -noheader \"$1\""
    case "duckdb": "duckdb -bail -csv -noheader -nullvalue '' \"$1\""
    case "postgresql": "psql -X -q -t --csv -v ON_ERROR_STOP=1 -d \"$1\""
    default:
      "clickhouse client --multiquery --format CSV --format_csv_null_representation '' --database \"$1\""
    }
  }

  private var header: String { columns.joined(separator: ",") }

  private var shell: String {
    let says = Phrase(
      fr: """
        # Lance toutes les requêtes dans la base où l’export est chargé, et réunit leurs lignes :
        #   sh run.sh BASE [\(SQLDriver.results)]
        # LIEN_SQL remplace la commande du moteur (hôte, compte…) : elle lit les requêtes sur son
        # entrée et rend du CSV sans titres, les valeurs absentes vides.
        """,
      en: """
        # Runs all queries in the database where the export is loaded, and puts their rows together:
        #   sh run.sh DATABASE [\(SQLDriver.results)]
        # LIEN_SQL stands for the engine's command (host, account…): it reads the queries on its
        # input and gives CSV without a header, missing values empty.
        """)
    return """
      #!/bin/sh
      \(says[language])
      set -eu
      if [ $# -lt 1 ]; then
        echo "sh run.sh BASE [\(SQLDriver.results)]" >&2
        exit 2
      fi
      here=$(dirname "$0")
      out=${2:-\(SQLDriver.results)}
      trap 'rm -f "$out.part"' EXIT
      umask 077
      engine() {
        if [ -n "${LIEN_SQL:-}" ]; then sh -c "$LIEN_SQL" sh "$1"
        else \(command); fi
      }
      echo '\(header)' >"$out.part"
      cat "$here"/\(SQLDriver.queries)/*.sql | engine "$1" >>"$out.part"
      mv "$out.part" "$out"
      echo "$out" >&2

      """
  }

  private var python: String {
    let says = Phrase(
      fr: """
        # Lance toutes les requêtes sur un export en parts, et réunit leurs lignes :
        #   spark-submit --driver-memory 4g run.py EXPORT [\(SQLDriver.results)]
        # EXPORT est le dossier de « lien export --partitioned » ; s’il est sur un stockage commun
        # (s3a://…), son load-spark.py se nomme en troisième. Plusieurs requêtes vont à la fois.
        # Sur peu de données (une fédération n’en est pas là), Spark passe son temps à préparer ;
        # l’abrègent, après spark-submit :
        #   --conf spark.sql.shuffle.partitions=1 --conf spark.sql.adaptive.enabled=false
        #   --conf spark.sql.codegen.wholeStage=false --conf spark.sql.codegen.factoryMode=NO_CODEGEN
        """,
      en: """
        # Runs all queries on an export in parts, and puts their rows together:
        #   spark-submit --driver-memory 4g run.py EXPORT [\(SQLDriver.results)]
        # EXPORT is the folder of “lien export --partitioned”; where it is on shared storage
        # (s3a://…), its load-spark.py is named third. Several queries run at once.
        # On few rows (not those of a federation) Spark’s time goes into preparing; what shortens it,
        # after spark-submit:
        #   --conf spark.sql.shuffle.partitions=1 --conf spark.sql.adaptive.enabled=false
        #   --conf spark.sql.codegen.wholeStage=false --conf spark.sql.codegen.factoryMode=NO_CODEGEN
        """)
    return """
      \(says[language])
      from concurrent.futures import ThreadPoolExecutor
      from csv import writer
      from datetime import date
      from glob import glob
      from os import path, replace
      from queue import Queue
      from re import compile, search
      from runpy import run_path
      from sys import argv, exit, stderr

      COLUMNS = "\(header)".split(",")
      AT_ONCE = 4


      def statements(file):
          with open(file, encoding="utf-8") as text:
              lines = [line for line in text.read().split("\\n") if not line.startswith("--")]
          return [s for s in "\\n".join(lines).split(";\\n") if s.strip()]


      def rows(spark, file):
          todo = statements(file)
          views = set()
          for i, statement in enumerate(todo):
              step = search(r"^CREATE OR REPLACE TEMPORARY VIEW (\\w+) AS\\n", statement)
              if not step:
                  yield from spark.sql(statement).collect()
                  continue
              frame = spark.sql(statement[step.end():])
              views.add(step[1])
              # A step that others name twice is planned and computed once.
              named = compile(r"\\b(?:FROM|JOIN) %s\\b" % step[1])
              if sum(len(named.findall(later)) for later in todo[i + 1:]) > 1:
                  frame = frame.localCheckpoint(False)
              frame.createOrReplaceTempView(step[1])
          for view in views:
              spark.catalog.dropTempView(view)


      def sessions(spark, frames, count):
          # Queries that run at once have steps of the same names: a session each, the same tables.
          for table, frame in frames.items():
              frame.createOrReplaceGlobalTempView("`%s`" % table)
          others = [spark.newSession() for _ in range(count - 1)]
          for other in others:
              for table in frames:
                  other.table("global_temp.`%s`" % table).createOrReplaceTempView("`%s`" % table)
          return [spark] + others


      def answers(sessions, files):
          free = Queue()
          for session in sessions:
              free.put(session)

          def answer(file):
              session = free.get()
              try:
                  return list(rows(session, file))
              except Exception as error:
                  return error
              finally:
                  free.put(session)

          with ThreadPoolExecutor(len(sessions)) as pool:
              yield from zip(files, pool.map(answer, files))


      def cell(value):
          if value is None:
              return ""
          return value.isoformat() if isinstance(value, date) else str(value)


      def run(sessions, queries, out):
          with open(out + ".part", "w", encoding="utf-8", newline="") as file:
              table = writer(file, lineterminator="\\n")
              table.writerow(COLUMNS)
              files = sorted(glob(path.join(queries, "*.sql")))
              for i, (query, answer) in enumerate(answers(sessions, files)):
                  if isinstance(answer, Exception):
                      exit("%s: %s" % (query, answer))
                  print("%d/%d %s" % (i + 1, len(files), path.basename(query)), file=stderr)
                  for row in answer:
                      table.writerow([cell(value) for value in row])
          replace(out + ".part", out)


      if __name__ == "__main__":
          from pyspark.sql import SparkSession

          if len(argv) < 2:
              print("spark-submit run.py EXPORT [\(SQLDriver.results)] [load-spark.py]", file=stderr)
              exit(2)
          # What Spark remembers of thousands of small jobs would fill its memory.
          builder = SparkSession.builder.appName("lien")
          for kept in ("sql.ui.retainedExecutions", "ui.retainedJobs", "ui.retainedStages"):
              builder = builder.config("spark." + kept, "20")
          # A query of many sorts asks a page of memory for each, of up to 64 MB unless told.
          builder = builder.config("spark.buffer.pageSize", "1m")
          # A quarter of the time of planning, which nobody reads or needs here.
          builder = builder.config("spark.sql.ui.explainMode", "simple")
          builder = builder.config("spark.sql.maxPlanStringLength", "100")
          builder = builder.config("spark.sql.constraintPropagation.enabled", "false")
          session = builder.getOrCreate()
          session.sparkContext.setLogLevel("ERROR")
          loader = argv[3] if len(argv) > 3 else path.join(argv[1], "load-spark.py")
          frames = run_path(loader)["load"](session, argv[1], cached=True)
          here = path.dirname(path.abspath(__file__))
          results = argv[2] if len(argv) > 2 else "\(SQLDriver.results)"
          queries = path.join(here, "\(SQLDriver.queries)")
          run(sessions(session, frames, AT_ONCE), queries, results)
          print(results, file=stderr)

      """
  }
}
