import Diagnostics

extension LoadFiles {
  /// Spark 3.5 or later: a module with `load(spark, folder)`, which can be run as well.
  var spark: String {
    let entries = tables.map { table in
      let columns = table.columns.map { "            (\"\($0.name)\", \(sparkType($0.kind)))" }
      let partitions = table.partitions.map { "(\"\($0.rawValue)\", \(sparkType($0.kind)))" }
      return """
            "\(table.name)": {
                "rows": \(table.rowCount),
                "columns": [
        \(columns.joined(separator: ",\n")),
                ],
                "partitions": [\(partitions.joined(separator: ", "))],
            }
        """
    }
    return heading(
      "#",
      [
        title,
        Phrase(fr: "  spark-submit load-spark.py", en: "  spark-submit load-spark.py"),
        Phrase(
          fr:
            "ou, dans un programme : load(spark, \"s3a://…/export\") ; les tables sont des vues temporaires.",
          en: "or, in a program: load(spark, \"s3a://…/export\"); the tables are temporary views."),
        Phrase(
          fr:
            "Spark relit les CSV à chaque requête : load(spark, dossier, cached=True) les garde en mémoire.",
          en:
            "Spark reads the CSV again at every query: load(spark, folder, cached=True) keeps them in memory."
        ),
      ]) + """
        from os.path import abspath, dirname
        from sys import argv, exit

        from pyspark.sql.types import (
            DateType, DoubleType, LongType, StringType, StructField, StructType)

        TABLES = {
        \(entries.joined(separator: ",\n")),
        }

        # An empty cell is a missing value; an empty text, in quotes, is not.
        OPTIONS = {
            "header": True, "enforceSchema": False, "mode": "FAILFAST", "encoding": "UTF-8",
            "sep": ",", "quote": '"', "escape": '"', "multiLine": True,
            "nullValue": "\\ufffflien", "emptyValue": "", "dateFormat": "yyyy-MM-dd",
            "ignoreLeadingWhiteSpace": False, "ignoreTrailingWhiteSpace": False,
        }


        def schema(table):
            columns = TABLES[table]["columns"] + TABLES[table]["partitions"]
            return StructType([StructField(name, kind(), True) for name, kind in columns])


        def load(spark, folder, cached=False):
            frames = {}
            for table in TABLES:
                frame = (spark.read.schema(schema(table)).options(**OPTIONS)
                         .csv(folder.rstrip("/") + "/" + table))
                if cached:
                    frame = frame.cache()
                frame.createOrReplaceTempView("`" + table + "`")
                frames[table] = frame
            return frames


        def check(frames):
            counts = {table: frame.count() for table, frame in frames.items()}
            return {t: n for t, n in counts.items() if n != TABLES[t]["rows"]}


        if __name__ == "__main__":
            from pyspark.sql import SparkSession

            session = SparkSession.builder.appName("lien").getOrCreate()
            place = argv[1] if len(argv) > 1 else dirname(abspath(__file__))
            wrong = check(load(session, place))
            for table, entry in TABLES.items():
                print(table, entry["rows"], "!= %d" % wrong[table] if table in wrong else "")
            exit(1 if wrong else 0)

        """
  }

  private func sparkType(_ kind: ExportedTable.Kind) -> String {
    switch kind {
    case .text: "StringType"
    case .integer: "LongType"
    case .decimal: "DoubleType"
    case .date: "DateType"
    }
  }
}
