/// All commands, in the order of the help.
enum Subcommands {
  static let all: [Command] = [
    .initialise, .template, .completions, .help,
  ]
}
