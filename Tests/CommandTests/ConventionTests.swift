import Foundation
import TestSupport
import XCTest

/// What a user of any command line expects of a program.
final class ConventionTests: XCTestCase {
  private let folder = NSTemporaryDirectory()

  private func run(_ arguments: String...) throws -> Program.Run {
    try Program.run(arguments, in: folder, environment: ["LIEN_HOME": Places.root])
  }

  /// Every command with the words that lead to it, read from the help itself.
  private func commands() throws -> [[String]] {
    let reference = try run("help", "markdown").output
    return reference.components(separatedBy: "\n").compactMap { line in
      guard line.hasPrefix("## lien ") || line.hasPrefix("### lien ") else { return nil }
      return line.split(separator: " ").dropFirst(2).map(String.init)
    }
  }

  func testEveryCommandHasHelpWithExamplesAndItsExitCodes() throws {
    let all = try commands()
    XCTAssertGreaterThan(all.count, 15)
    for words in all {
      for language in ["fr", "en"] {
        let help = try Program.run(words + ["--help", "--lang", language], in: folder)
        assertStatus(help, 0)
        XCTAssertEqual(help.errors, "")
        assertContains(help.output, language == "fr" ? "Exemples" : "Examples")
        assertContains(help.output, language == "fr" ? "Codes de sortie" : "Exit codes")
        for line in help.output.components(separatedBy: "\n") {
          XCTAssertLessThanOrEqual(line.unicodeScalars.count, 100, line)
        }
      }
    }
  }

  func testHelpIsShownWhateverElseIsOnTheLine() throws {
    let help = try run("compute", "--zzz", "--help")
    assertStatus(help, 0)
    assertContains(help.output, "lien compute")
  }

  func testTheVersionIsOneLine() throws {
    for words in [["--version"], ["compute", "--version"]] {
      let version = try Program.run(words, in: folder)
      assertStatus(version, 0)
      XCTAssertNotNil(
        version.output.range(of: "^lien \\d+\\.\\d+\\.\\d+\n$", options: .regularExpression))
    }
  }

  func testMistypedWordsAreSuggested() throws {
    for (words, wanted) in [
      (["improt"], "import"), (["compute", "PAR-01", "--peroid", "2025"], "--period"),
      (["imports", "udno", "3"], "undo"), (["compute", "PAR-01", "--format=csb"], "csv"),
      (["completions", "fihs"], "fish"), (["help", "comptue"], "compute"),
    ] {
      let run = try Program.run(words, in: folder)
      assertStatus(run, 2)
      XCTAssertEqual(run.output, "")
      assertContains(run.errors, "« \(wanted) »")
    }
  }

  func testWrongUsageIsSaidInFrenchOrEnglish() throws {
    for (words, fr, en) in [
      (["--zzz"], "option inconnue", "unknown option"),
      (["import"], "il manque FICHIER", "FILE is missing"),
      (["compute", "PAR-01", "--period"], "attend une valeur", "needs a value"),
      (["init", "a", "b"], "argument en trop", "unexpected argument"),
      (["verify", "--json=oui"], "ne prend pas de valeur", "takes no value"),
      (["report", "x", "--period", "2024", "--period", "2025"], "deux fois", "twice"),
    ] {
      for (language, message) in [("fr", fr), ("en", en)] {
        let run = try Program.run(words + ["--lang", language], in: folder)
        assertStatus(run, 2)
        XCTAssertEqual(run.output, "")
        assertContains(run.errors, message)
      }
    }
  }

  func testCompletionScriptsAreReadByTheirShells() throws {
    for shell in ["bash", "zsh", "fish"] {
      let script = try run("completions", shell)
      assertStatus(script, 0)
      assertContains(script.output, "dry-run")
      let path = ["/bin/", "/usr/bin/"].map { $0 + shell }
        .first { FileManager.default.isExecutableFile(atPath: $0) }
      guard let path else { continue }
      let workdir = try Workdir()
      try workdir.write("script", script.output)
      let read = try Program.run(["-n", "script"], in: workdir.path, executable: path)
      assertStatus(read, 0)
    }
  }

  func testBashCompletesCommandsOptionsAndChoices() throws {
    let workdir = try Workdir()
    try workdir.write("lien.bash", try run("completions", "bash").output)
    // `compopt` works inside a completion only.
    let probe = """
      compopt() { :; }; source lien.bash
      ask() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _lien; echo "${COMPREPLY[@]}"; }
      ask lien com; ask lien imports un; ask lien compute PAR-01 --form
      ask lien compute PAR-01 --format ""
      """
    let answer = try Program.run(["-c", probe], in: workdir.path, executable: "/bin/bash")
    assertStatus(answer, 0)
    XCTAssertEqual(
      answer.output,
      "compute compare completions\nundo\n--format\ntable csv json excel-fr results\n",
      answer.errors
    )
  }

  func testTheReferenceInDocsIsTheHelp() throws {
    let written = try String(contentsOfFile: Places.root + "/docs/cli.md", encoding: .utf8)
    XCTAssertEqual(
      written, try run("help", "markdown").output,
      "run: lien help markdown > docs/cli.md")
  }

  func testAClosedPipeIsSilent() throws {
    let run = try Program.run(
      ["-c", "'\(Program.path)' help markdown | head -c 20 > /dev/null; exit ${PIPESTATUS[0]}"],
      in: folder, executable: "/bin/bash")
    assertStatus(run, 0)
    XCTAssertEqual(run.errors, "")
  }

  func testAFullDiskBehindStandardOutputIsAnError() throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { throw XCTSkip("no /dev/full") }
    let run = try Program.run(
      ["-c", "'\(Program.path)' --help > /dev/full"], in: folder, executable: "/bin/bash")
    assertStatus(run, 1)
    assertContains(run.errors, "sortie standard")
  }

  func testATemplateIsNeverOverwrittenWithoutForce() throws {
    let workdir = try Workdir()
    try workdir.write("t.csv", "mine")
    let line = ["template", "attendance", "--out", "t.csv"]
    let environment = ["LIEN_HOME": Places.root]
    assertStatus(try Program.run(line, in: workdir.path, environment: environment), 2)
    XCTAssertEqual(try String(contentsOfFile: workdir.path + "/t.csv", encoding: .utf8), "mine")
    assertStatus(
      try Program.run(line + ["--force"], in: workdir.path, environment: environment), 0)
    assertContains(
      try String(contentsOfFile: workdir.path + "/t.csv", encoding: .utf8), "Séance,Personne")
  }

  func testTheOutsideCheckOfConventionsFindsNothingMissing() throws {
    let check = try Places.shared("checks/clicheck.py")
    let workdir = try Workdir()
    let project = try SampleProject.shared()
    let run = try Program.run(
      [
        check, Program.path, "--sub", "import", "compute", "report", "imports undo",
        "--run", "compute PAR-01 --period 2025 --by age_band --project \(project.path)",
        "--missing", "import {} --project \(project.path)",
        "--json", "indicators --json --project \(project.path)",
        "--long", "demo \(workdir.path)/long",
      ], in: folder, executable: python())
    let missing: [String] = run.output.components(separatedBy: "\n").filter {
      // The manual page is printed by `lien help man`; installing it is the packager's.
      $0.hasPrefix("FAIL") && !$0.contains("man page")
    }
    XCTAssertEqual(missing, [], run.output + run.errors)
  }

  private func python() -> String {
    ProcessInfo.processInfo.environment["LIEN_TEST_PYTHON"] ?? "/usr/bin/python3"
  }
}
