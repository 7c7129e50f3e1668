#if canImport(Glibc)
  import Glibc
#endif

/// Memory that will be written from end to end.
package enum LargeMemory {
  /// Asks the system for large pages, where it has them: fewer faults for the same memory.
  ///
  /// Invariant: the advice covers whole large pages inside the buffer, and changes no byte.
  package static func expect(_ buffer: UnsafeMutableRawBufferPointer) {
    #if canImport(Glibc)
      let page = 1 << 21
      guard buffer.count >= 4 * page, let base = buffer.baseAddress else { return }
      let skip = (page - Int(bitPattern: base) % page) % page
      let length = (buffer.count - skip) / page * page
      unsafe madvise(base + skip, length, MADV_HUGEPAGE)
    #endif
  }
}
