// The workload of the benchmark: eight residences over ten years, or many times that.
//
//   lien-workload FOLDER [--scale N] [--years N] [--seed N]
//
// --scale 1 is eight residences over ten years (262,000 attendances), --scale 33 is the large
// run (8.65 million). Everything is invented; the same arguments give the same bytes.

import Demo
import Glibc
import Periods

func complain(_ text: String) {
  var out = Output.standardError
  out.put(text + "\n")
  out.close()
}

func usage() -> Never {
  complain("usage: lien-workload FOLDER [--scale N] [--years N] [--seed N]")
  exit(2)
}

var folder: String?
var numbers = ["--scale": 1, "--years": 10, "--seed": 1]
var arguments = CommandLine.arguments.dropFirst()
while let argument = arguments.popFirst() {
  if numbers[argument] != nil {
    guard let text = arguments.popFirst(), let number = Int(text), number > 0 else { usage() }
    numbers[argument] = number
  } else if folder == nil, !argument.hasPrefix("-") {
    folder = argument
  } else {
    usage()
  }
}
guard let folder, let scale = numbers["--scale"], let years = numbers["--years"],
  let seed = numbers["--seed"], years <= 30
else { usage() }

let workload = Workload(
  residences: 8 * scale, years: (2025 - years)...2024, seed: UInt64(seed))
if let problem = workload.write(to: folder) {
  complain("lien-workload: \(problem)")
  exit(5)
}
