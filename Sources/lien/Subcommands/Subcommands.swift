/// All commands, in the order of the help.
enum Subcommands {
  static let all: [Command] = [
    .initialise, .demo, .preview, .tables, .template, .importing, .inbox, .imports, .people, .check,
    .indicators, .compute, .compare,
    .report, .editions,
    .sql, .export, .backup, .restore, .verify, .completions, .help,
  ]
}
