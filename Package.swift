// swift-tools-version: 6.2
import PackageDescription

/// Applied to every target: warnings are errors, unsafe code is marked, dependencies do not leak.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies + ["TestSupport"], exclude: exclude,
    // What is tested is optimised (scripts/test); what tests it runs once, and would take minutes.
    swiftSettings: strict + [.unsafeFlags(["-Onone"], .when(configuration: .release))])
}

let package = Package(
  name: "lien",
  products: [.executable(name: "lien", targets: ["lien"])],
  targets: [
    // System libraries, each behind a thin module map.
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CCrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CExpat", providers: [.apt(["libexpat1-dev"])]),

    // Leaves.
    module("Diagnostics"),
    module("Periods", ["Diagnostics"]),
    module("DataFiles", ["Diagnostics"]),
    module("Model", ["DataFiles", "Diagnostics", "Threads"]),
    module("Statistics"),
    // Optimised in debug builds too: its arithmetic would take minutes there.
    .target(
      name: "Protection",
      swiftSettings: strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]),
    module("Threads"),
    module("HTML", ["Diagnostics"]),
    module("People", ["Diagnostics"]),
    module("Workbooks", ["CExpat", "CZlib", "Diagnostics", "Periods"]),

    // The pipeline: intake, store, indicators, disclosure, report.
    module("Columns", ["Diagnostics", "Periods"]),
    module(
      "Ingest",
      ["Columns", "DataFiles", "Diagnostics", "Model", "Periods", "Threads", "Workbooks"]),
    module(
      "Persistence",
      ["CCrypto", "CSQLite", "Columns", "Diagnostics", "Model", "Periods", "Threads"]),
    module(
      "Indicators",
      ["Columns", "DataFiles", "Diagnostics", "Model", "Periods", "Statistics", "Threads"]),
    module("Disclosure", ["Diagnostics", "Indicators", "Periods", "Protection", "Threads"]),
    module("Reporting", ["DataFiles", "Diagnostics", "Disclosure", "HTML", "Periods", "Threads"]),

    // What a command does, in order; the sample residences; the command line.
    module("Demo", ["Periods", "Statistics"]),
    module(
      "Project",
      [
        "Columns", "DataFiles", "Demo", "Diagnostics", "Disclosure", "HTML", "Indicators",
        "Ingest", "Model", "People", "Periods", "Persistence", "Reporting", "Threads",
        "Workbooks",
      ]),
    .executableTarget(
      name: "lien", dependencies: ["Diagnostics", "Periods", "Project"], swiftSettings: strict),

    // Makes the files that `scripts/bench` measures with.
    .executableTarget(
      name: "lien-workload", dependencies: ["Demo", "Periods", "Statistics"],
      path: "Benchmarks/generator", swiftSettings: strict),

    // Asks the benchmark's questions in one process, as the peers are asked them.
    .executableTarget(
      name: "lien-questions",
      dependencies: [
        "Columns", "Diagnostics", "Indicators", "Ingest", "Model", "Periods", "Threads",
      ],
      path: "Benchmarks/questions", swiftSettings: strict),

    // Tests, beside what they prove.
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    // Sheets as they come from the field, made from seeds, with what a good reader makes of them.
    .target(
      name: "FieldSheets", dependencies: ["Periods", "TestSupport"], path: "Tests/FieldSheets",
      swiftSettings: strict),
    tests("StatisticsTests", ["Statistics"]),
    tests("ProtectionTests", ["Protection"], exclude: ["Cases"]),
    tests("ModelTests", ["DataFiles", "Diagnostics", "Model", "Periods"]),
    tests(
      "IngestTests",
      ["Columns", "Diagnostics", "FieldSheets", "Ingest", "Model", "Periods", "Workbooks"]),
    tests(
      "PersistenceTests",
      [
        "CSQLite", "Columns", "Diagnostics", "Model", "Periods", "Persistence",
        "StoreCrashHelper",
      ]),
    // A process that writes a store, for tests that kill it or starve it.
    .executableTarget(
      name: "StoreCrashHelper",
      dependencies: ["CSQLite", "Columns", "Diagnostics", "Model", "Persistence"],
      path: "Tests/StoreCrashHelper", swiftSettings: strict),
    tests(
      "IndicatorsTests",
      [
        "Columns", "DataFiles", "Demo", "Diagnostics", "Indicators", "Ingest", "Model", "Periods",
        "Persistence", "Statistics", "Threads",
      ], exclude: ["Engines/run_sql.py", "Networks", "Surveys"]),
    tests("DisclosureTests", ["Diagnostics", "Disclosure", "Indicators", "Periods"]),
    tests(
      "ReportingTests",
      ["DataFiles", "Diagnostics", "Disclosure", "HTML", "Indicators", "Periods", "Reporting"]),
    tests("PeopleTests", ["Diagnostics", "People"]),
    tests("DemoTests", ["Demo", "Periods"]),
    tests("WorkbooksTests", ["Diagnostics", "Periods", "Workbooks"]),
    tests(
      "ProjectTests",
      ["Columns", "Diagnostics", "Ingest", "Model", "Persistence", "Project", "Workbooks"]),
    // These run the built executable.
    tests(
      "CommandTests",
      [
        "Columns", "Demo", "Diagnostics", "Indicators", "Model", "Periods", "Persistence",
        "Workbooks", "lien",
      ], exclude: ["Pages", "attack_release.py"]),
    tests("ArchitectureTests", []),
  ]
)
