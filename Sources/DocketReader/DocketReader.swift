@main
struct DocketReader {
  static func main() {}
}
