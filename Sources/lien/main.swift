import Diagnostics
import Glibc
import Project

// A reader that goes away (`lien … | head`) is not an error: see `Console`.
_ = signal(SIGPIPE, SIG_IGN)
exit(Program.run(Array(CommandLine.arguments.dropFirst())).rawValue)
