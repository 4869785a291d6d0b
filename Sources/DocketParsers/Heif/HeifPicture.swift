import CHeif
import Docket

/// Decodes HEIC, HEIF and AVIF. The library turns and mirrors as the file says (`irot`, `imir`); no tag is looked at.
enum HeifPicture {
  static var version: String { String(cString: heif_get_version()) }

  /// The first picture's width and height as it is to be seen, without decoding; nil where there is none.
  static func size(of bytes: UnsafeRawBufferPointer) -> (width: Int, height: Int)? {
    HeifFile(bytes).map { (Int(heif_image_handle_get_width($0.handle)), Int(heif_image_handle_get_height($0.handle))) }
  }

  /// The first picture, in 8-bit grey; colours are weighed as the eye sees them, and lie on white.
  static func decoded(_ bytes: UnsafeRawBufferPointer) -> GreyPicture? {
    guard let file = HeifFile(bytes) else { return nil }
    var image: OpaquePointer?
    let error = heif_decode_image(file.handle, &image, heif_colorspace_RGB, heif_chroma_interleaved_RGBA, nil)
    guard error.code == heif_error_Ok, let image else { return nil }
    defer { heif_image_release(image) }
    var stride: Int32 = 0
    guard let plane = heif_image_get_plane_readonly(image, heif_channel_interleaved, &stride) else { return nil }
    let width = Int(heif_image_get_width(image, heif_channel_interleaved))
    let height = Int(heif_image_get_height(image, heif_channel_interleaved))
    guard width > 0, height > 0, Int(stride) >= width * 4 else { return nil }
    return GreyPicture(width: width, height: height) { row, out in
      let line = plane + row * Int(stride)
      for x in 0..<out.count {
        let (red, green, blue) = (Int(line[4 * x]), Int(line[4 * x + 1]), Int(line[4 * x + 2]))
        let alpha = Int(line[4 * x + 3])
        let grey = (77 * red + 150 * green + 29 * blue) >> 8
        out[x] = UInt8((grey * alpha + 255 * (255 - alpha)) / 255)
      }
    }
  }
}

/// Owns a file of pictures and the handle of its first one.
private final class HeifFile {
  private let context: OpaquePointer
  let handle: OpaquePointer

  /// The bytes must stay as long as the file does.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard let context = heif_context_alloc() else { return nil }
    // One document, one thread.
    heif_context_set_max_decoding_threads(context, 0)
    var handle: OpaquePointer?
    guard
      heif_context_read_from_memory_without_copy(context, bytes.baseAddress, bytes.count, nil).code == heif_error_Ok,
      heif_context_get_primary_image_handle(context, &handle).code == heif_error_Ok, let handle
    else {
      heif_context_free(context)
      return nil
    }
    self.context = context
    self.handle = handle
  }

  deinit {
    heif_image_handle_release(handle)
    heif_context_free(context)
  }
}
