/// What one thread reuses from group to group.
struct Scratch: ~Copyable {
  var members = Members()
  /// Members of another strip's group.
  var others = Members()
  var stamps = Stamps()
  var moreStamps = Stamps()
}

/// A set, or a numbering, of codes that empties at no cost.
///
/// Invariants: `marks` is owned by this value alone, and every code given is at least 0 and below
/// the size of the last `clear` (a debug build checks it). A mark counts from `begin` on; marks
/// left from before are less.
@safe struct Stamps: ~Copyable {
  private var marks: UnsafeMutableBufferPointer<Int32>
  private var begin: Int32 = 0
  private var next: Int32 = 0

  init() { unsafe marks = UnsafeMutableBufferPointer(start: nil, count: 0) }

  deinit { unsafe marks.deallocate() }

  /// Forgets all codes; those to come are below `size`.
  mutating func clear(size: Int) {
    if unsafe marks.count < size {
      unsafe marks.deallocate()
      unsafe marks = .allocate(capacity: size)
      unsafe marks.initialize(repeating: -1)
      next = 0
    } else if next > Int32.max - (1 << 28) {
      unsafe marks.update(repeating: -1)
      next = 0
    }
    begin = next
  }

  /// How many codes were met.
  var count: Int { Int(next - begin) }

  /// The number of a code, by first appearance.
  @inline(__always)
  mutating func number(_ code: Int32) -> Int {
    let mark = unsafe marks[Int(code)]
    if mark >= begin { return Int(mark &- begin) }
    unsafe marks[Int(code)] = next
    next &+= 1
    return Int(next &- begin) &- 1
  }

  /// Whether a code is new.
  @discardableResult @inline(__always)
  mutating func insert(_ code: Int32) -> Bool {
    if unsafe marks[Int(code)] >= begin { return false }
    unsafe marks[Int(code)] = next
    next &+= 1
    return true
  }

  /// The number of a code met before, or -1.
  @inline(__always)
  func find(_ code: Int32) -> Int {
    let mark = unsafe marks[Int(code)]
    return mark >= begin ? Int(mark &- begin) : -1
  }
}
