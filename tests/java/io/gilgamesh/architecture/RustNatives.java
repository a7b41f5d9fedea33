package io.gilgamesh.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The natives that the Rust crates implement, read from the list of {@code jni} and from {@code
 * loader}.
 */
final class RustNatives {

  /** A line of the list: the Java method and the Rust function that implements it. */
  record Entry(String owner, String name, String module, String function, String signature) {
    String javaName() {
      return owner + "." + name + signature;
    }
  }

  private static final Pattern CLASS = Pattern.compile("\"(io/gilgamesh/\\w+(?:/\\w+)*)\"");
  private static final Pattern ENTRY =
      Pattern.compile("\"(\\w+)\" = (?:crate::)?(\\w+)::(\\w+): \"(\\([^\"]*\\)[^\"]+)\";");
  private static final Pattern EXPORTED =
      Pattern.compile("fn Java_io_gilgamesh_internal_(\\w+?)_(\\w+)<?");

  /** A function, or a line of the macro that makes one; the first two parameters are JNI's own. */
  private static final String FUNCTION = "(?:extern \"system\" fn )?\\b%s(?:<[^>]*>)?\\(([^)]*)\\)";

  private RustNatives() {}

  /** The list that {@code jni} registers. */
  static List<Entry> registered() {
    List<Entry> entries = new ArrayList<>();
    String owner = "";
    for (String line : RustSources.code("jni", "list.rs").split("\n")) {
      Matcher type = CLASS.matcher(line);
      owner = type.find() ? type.group(1) : owner;
      Matcher entry = ENTRY.matcher(line);
      if (entry.find()) {
        entries.add(
            new Entry(owner, entry.group(1), entry.group(2), entry.group(3), entry.group(4)));
      }
    }
    return entries;
  }

  /** The natives that {@code loader} exports by name, which therefore have no signature in Rust. */
  static Set<String> exported() {
    return EXPORTED
        .matcher(RustSources.code("loader", "lib.rs"))
        .results()
        .map(found -> "io/gilgamesh/internal/" + found.group(1) + "." + found.group(2))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The parameters of the Rust function in the letters of a descriptor, L for any reference. */
  static String parameters(Entry entry) {
    String code = RustSources.code("jni", entry.module() + ".rs");
    Matcher function =
        Pattern.compile(FUNCTION.formatted(Pattern.quote(entry.function()))).matcher(code);
    if (!function.find()) {
      return "no function " + entry.module() + "::" + entry.function();
    }
    boolean written = function.group().startsWith("extern");
    return Stream.of(function.group(1).split(","))
        .filter(parameter -> parameter.contains(":"))
        .skip(written ? 2 : 0)
        .map(parameter -> letter(parameter.substring(parameter.indexOf(':') + 1).strip()))
        .collect(Collectors.joining());
  }

  private static String letter(String type) {
    return switch (type) {
      case "jlong" -> "J";
      case "jint" -> "I";
      case "jboolean" -> "Z";
      case "jdouble" -> "D";
      default -> "L";
    };
  }
}
