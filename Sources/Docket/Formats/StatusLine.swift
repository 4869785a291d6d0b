/// `docket/status/1`: every document in exactly one state, and whether the sum is right.
package struct StatusLine: Hashable, Sendable {
  /// All arrivals, children included.
  package var arrived: Int
  package var states: [DocumentState: Int]
  /// Seconds that the document which waits longest has waited; nil where none waits.
  package var oldestWaitingSeconds: Int?

  /// Of contracts about which people answered something.
  package var promises: [ProofLine]
  package var disk: DiskUse?

  package init(
    arrived: Int, states: [DocumentState: Int], oldestWaitingSeconds: Int? = nil, promises: [ProofLine] = []
  ) {
    self.promises = promises
    self.arrived = arrived
    self.states = states
    self.oldestWaitingSeconds = oldestWaitingSeconds
  }

  package var sum: Int { states.values.reduce(0, +) }
  package var addsUp: Bool { arrived == sum }

  /// Without a line end.
  package var json: String {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", "docket/status/1")
      json.member("arrived", arrived)
      json.memberObject("states") { json in
        for state in DocumentState.allCases { json.member(state.rawValue, states[state] ?? 0) }
      }
      json.member("adds_up", addsUp)
      json.member("oldest_waiting_s", oldestWaitingSeconds)
      json.memberArray("promises") { json in
        for promise in promises { json.object { json in promise.write(to: &json) } }
      }
      if let disk { json.memberObject("disk") { json in disk.write(to: &json) } }
    }
    return json.text
  }
}
