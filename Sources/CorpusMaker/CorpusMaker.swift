@main
struct CorpusMaker {
  static func main() {}
}
