import Docket
import Glibc

extension SQLStore {
  /// Brings an older store up to the newest schema, alone, with a copy of it kept aside before: `store.sqlite.before-5`
  /// is the store as it was before schema 5 came. All of it happens in one transaction, or nothing.
  /// - Throws: `upgrade-failed`: the old store is as it was; `workspace-busy`, `disk-full`.
  static func upgrade(
    _ database: any SQLDatabase, at path: String, lock: StoreLock, by migrations: [Migrations.Step]
  ) async throws(DocketError) {
    do {
      // An empty store is made by whoever comes first: a transaction is enough.
      let present = try await Migrations.schema(of: database)
      if present == migrations.newest { return }
      // A store that was emptied or taken away must not be begun anew over its originals. One that is just being made
      // has its schema before its first original.
      let blobs = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) + "/blobs"
      if present == 0, !WholeFile.names(in: blobs).isEmpty, try await Migrations.schema(of: database) == 0 {
        throw DocketError(.storeDamaged, "The store is empty or gone, but originals of its documents are there.")
      }
      guard present > 0, present < migrations.newest else {
        return try await Migrations.run(on: database, by: migrations)
      }
      try lock.beAlone()
      // Somebody else may have done it in the meantime.
      if try await Migrations.schema(of: database) < migrations.newest {
        try await keepAside(database, as: aside(path, before: migrations.newest))
        do { try await Migrations.run(on: database, by: migrations) } catch { throw failed(error) }
      }
      try lock.share()
    } catch { throw SQLStoreError.meaning(of: error) }
  }

  /// Where the store lies that was there before a schema came.
  package static func aside(_ path: String, before schema: Int) -> String { "\(path).before-\(schema)" }

  private static func keepAside(_ database: any SQLDatabase, as path: String) async throws {
    let part = "\(path).part"
    unlink(part)
    do { try await database.copy(to: part) } catch {
      unlink(part)
      throw error
    }
    chmod(part, 0o600)
    guard rename(part, path) == 0 else { throw BlobFolder.error("A copy of the store cannot be kept.") }
  }

  private static func failed(_ error: any Error) -> DocketError {
    let meaning = SQLStoreError.meaning(of: error)
    guard ![.diskFull, .workspaceBusy, .fileSystem, .interrupted].contains(meaning.code) else { return meaning }
    return DocketError(
      .upgradeFailed, "The store could not be upgraded: \(meaning.sentence) It is as it was.", cause: meaning.cause)
  }
}
