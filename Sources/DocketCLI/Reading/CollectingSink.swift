import Docket

/// Keeps one document's pages in memory and its members' bytes in scratch files.
actor CollectingSink: ReadingSink {
  private(set) var pages: [PageReading] = []
  private(set) var members: [(member: Member, path: String)] = []
  private let scratch: ScratchSpace
  private let keepsMembers: Bool

  init(scratch: ScratchSpace, keepsMembers: Bool = true) {
    self.scratch = scratch
    self.keepsMembers = keepsMembers
  }

  func page(_ page: PageReading) async throws(DocketError) { pages.append(page) }

  func member(_ member: Member, bytes: [UInt8]) async throws(DocketError) {
    guard keepsMembers else { return }
    members.append((member, try scratch.file(bytes)))
  }
}
