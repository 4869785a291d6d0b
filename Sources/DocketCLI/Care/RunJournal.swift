import Docket

/// Runs that stopped before they began, for a mistake in a file say, so that `docket runs` tells of the night's.
enum RunJournal {
  /// Keeps why, unless the run itself has kept it. Nothing is kept where the store does not answer.
  static func keep(_ error: any Error, pipeline: String?, _ workspace: WorkspaceOptions) async {
    guard let error = (error as? DocketError) ?? (error as? ErrorReport)?.errors.first, error.code != .usage,
      error.code != .interrupted, let room = try? await StoreRoom.open(workspace)
    else { return }
    let now = SystemClock().now()
    let failure = RunEntry.Failure(error)
    let last = try? await room.store.runs(limit: 1).first
    if last?.failure == failure, let ended = last?.endedAt, now - ended < 2 { return }
    let whom = room.attribution()
    try? await room.store.save(
      RunEntry(
        id: whom.run, pipeline: pipeline ?? "", actor: whom.actor, beganAt: now, endedAt: now, failure: failure))
    WorkspaceLog(docket: room.docket, correlation: whom.run, settings: nil).stopped(error, pipeline: pipeline ?? "")
  }
}
