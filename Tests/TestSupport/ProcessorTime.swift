#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The seconds that the processors have worked for this process: unlike the time on the wall, they
/// hardly depend on what else the machine does.
public func processorSeconds() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }
