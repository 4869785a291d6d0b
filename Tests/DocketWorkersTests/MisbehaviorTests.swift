#if DEBUG
  import Docket
  import DocketTesting
  import DocketWorkers
  import Foundation
  import Testing

  /// The reading program does its worst (debug builds have it do so on request): one document is lost, never the run.
  @Suite struct MisbehaviorTests {
    let scratch: ScratchFolder
    init() throws { scratch = try ScratchFolder() }

    @Test(
      "a reader that crashes, leaves, lies or babbles costs one document",
      arguments: ["crash", "abort", "exit", "close", "garbage", "cut", "huge", "lie"])
    func crash(how: String) async throws {
      let pool = WorkerPool.built(["--misbehave"])
      #expect(await pool.outcome(try scratch.write("misbehave: \(how)", to: "bad.txt")) == .workerCrashed)
      #expect(await pool.outcome(try scratch.write("good", to: "good.txt")) == nil)
    }

    @Test("a reader that hangs is ended at the deadline")
    func hang() async throws {
      let pool = WorkerPool.built(["--misbehave"])
      var settings = ReadSettings()
      settings.limits.seconds = 1
      let path = try scratch.write("misbehave: hang", to: "bad.txt")
      #expect(await pool.outcome(path, settings: settings) == .workerTimeout)
      #expect(await pool.outcome(try scratch.write("good", to: "good.txt")) == nil)
    }

    @Test("a reader that wants too much memory is told apart from one that crashes")
    func memory() async throws {
      let pool = WorkerPool.built(["--misbehave"], memoryBytes: 1 << 30)
      #expect(await pool.outcome(try scratch.write("misbehave: memory", to: "bad.txt")) == .workerMemory)
      #expect(await pool.outcome(try scratch.write("good", to: "good.txt")) == nil)
    }

    @Test("what a library prints does not reach the wire")
    func printing() async throws {
      let pool = WorkerPool.built(["--misbehave"])
      #expect(await pool.outcome(try scratch.write("misbehave: print", to: "a.txt")) == nil)
    }

    @Test("a cancelled task ends its reader and is told so")
    func cancel() async throws {
      let pool = WorkerPool.built(["--misbehave"])
      let path = try scratch.write("misbehave: hang", to: "bad.txt")
      for wait in [0, 20, 200] {
        let reading = Task { await pool.outcome(path) }
        try await Task.sleep(for: .milliseconds(wait))
        reading.cancel()
        #expect(await reading.value == .interrupted)
      }
      #expect(await pool.outcome(try scratch.write("good", to: "good.txt")) == nil)
    }
  }
#endif
