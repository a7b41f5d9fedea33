package io.gilgamesh.internal.find;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Operating system and processor of this JVM, in the words of the jars that carry native files. */
public final class Platform {
  private static final String NAME = system().concat("-").concat(processor());

  private Platform() {}

  /**
   * Names this platform, such as {@code linux-x86_64}, {@code macosx-arm64} or {@code
   * windows-x86_64}.
   *
   * @return operating system and processor
   */
  public static String name() {
    return NAME;
  }

  /**
   * Whether this is Windows.
   *
   * @return whether it is
   */
  public static boolean isWindows() {
    return NAME.startsWith("windows");
  }

  /**
   * Whether this is macOS.
   *
   * @return whether it is
   */
  public static boolean isMac() {
    return NAME.startsWith("macosx");
  }

  private static String system() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return "windows";
    }
    return name.startsWith("mac") ? "macosx" : "linux";
  }

  private static String processor() {
    String name = System.getProperty("os.arch", "");
    return switch (name) {
      case "amd64", "x86_64", "x64" -> "x86_64";
      case "aarch64", "arm64" -> "arm64";
      default -> name;
    };
  }

  /**
   * The processor that a native file is for.
   *
   * @return its name, or null where the file is of a kind that this method does not know or is for
   *     several
   */
  static @Nullable String processorOf(Path file) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(1024);
    }
    if (head.length < 64) {
      return null;
    }
    ByteBuffer data = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    int magic = data.getInt(0);
    if (magic == 0x464c457f) {
      return elf(data);
    }
    return magic == 0xfeedfacf ? mach(data.getInt(4)) : null;
  }

  private static String elf(ByteBuffer data) {
    if (data.get(5) == 2) {
      data.order(ByteOrder.BIG_ENDIAN);
    }
    int machine = data.getShort(18) & 0xffff;
    return switch (machine) {
      case 3 -> "x86 (32 bits)";
      case 40 -> "arm (32 bits)";
      case 62 -> data.get(4) == 2 ? "x86_64" : "x32";
      case 183 -> "arm64";
      case 21 -> "ppc64";
      case 22 -> "s390x";
      case 243 -> "riscv64";
      default -> "processor " + machine;
    };
  }

  private static String mach(int type) {
    return switch (type) {
      case 0x01000007 -> "x86_64";
      case 0x0100000c -> "arm64";
      default -> "processor " + type;
    };
  }

  static String processorName() {
    return NAME.substring(NAME.indexOf('-') + 1);
  }
}
