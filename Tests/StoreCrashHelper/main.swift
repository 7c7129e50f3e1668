import Columns
import Diagnostics
import Glibc
import Model
import Persistence

// Writes imports into the store of a folder until it is killed or fails; prints one line an
// import, and the code of the failure that ended it.
//
//     StoreCrashHelper loop MODEL FOLDER [N]    imports without end, the first one numbered N
//     StoreCrashHelper starve MODEL FOLDER N    no file may grow beyond N bytes
//     StoreCrashHelper commit MODEL FOLDER N    dies when about to commit for the N-th time
//     StoreCrashHelper nobody MODEL FOLDER      without the right to write (when run as root)

/// Writes a line at once, so that nothing said is lost when the process is killed.
func say(_ text: String) {
  let line = text + "\n"
  unsafe _ = write(1, line, line.utf8.count)
}

/// The import of a number: a presence sheet of people met for the first time, with their names.
func sheet(_ number: Int, people: Int) -> Submission {
  let names = (0..<people).map { "person-\(number)-\($0)" }
  let who = Column.text(codes: (0..<people).map { Int32($0) }, Lexicon(names))
  let session = Column.text(
    codes: [Int32](repeating: 0, count: people), Lexicon(["session-\(number)"]))
  let lines = (0..<people).map { Int32($0 + 2) }
  return Submission(
    fileName: "sheet \(number).csv", fileDigest: "digest-\(number)", byteCount: 1,
    batches: [
      TableBatch(
        table: "resident", columns: ["resident": who, "surname": who], sourceLines: lines),
      TableBatch(
        table: "attendance", columns: ["session": session, "resident": who], sourceLines: lines),
    ],
    rejects: [
      Reject(
        line: 9, heading: "Nom",
        reason: Diagnostic(code: "x", Phrase(same: "x")), cells: ["reject-\(number)"])
    ])
}

let arguments = CommandLine.arguments
do throws(Failure) {
  let model = try Model(folder: arguments[2])
  var people = 40
  switch arguments[1] {
  case "starve":
    signal(SIGXFSZ, SIG_IGN)
    var limit = rlimit(rlim_cur: rlim_t(arguments[4]) ?? 0, rlim_max: rlim_t(arguments[4]) ?? 0)
    unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    people = 400
  case "commit": dieAtCommit(Int(arguments[4]) ?? 1)
  case "nobody":
    setgid(65534)
    setuid(65534)
  default: break
  }
  let folder = arguments[3]
  if arguments[1] == "nobody" {
    let reader = try Store.open(in: folder, model: model)
    say("read \(try reader.table("attendance", columns: ["session"]).rowCount)")
  }
  let store = try Store.open(in: folder, model: model, forWriting: true)
  var number = try store.imports().count + 1
  if arguments[1] == "loop", arguments.count > 4 { number = Int(arguments[4]) ?? number }
  while true {
    let outcome = try store.commit(sheet(number, people: people), now: "\(number)")
    guard case .landed(let record, _) = outcome else { fatalError("unchanged") }
    say("landed \(record.id)")
    number += 1
  }
} catch {
  say("failed \(error.diagnostics.first?.code ?? "?") \(error.status.rawValue)")
}
