package io.gilgamesh.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gilgamesh.PythonConfig;
import io.gilgamesh.architecture.JavaNatives.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Type;

/** The layers of ARCHITECTURE.md, as far as neither javac nor the crate graph enforces them. */
class LayersTest {
  private static final String INTERNAL = "io/gilgamesh/internal/";
  private static final Pattern JNI =
      Pattern.compile("\\bjni(_sys)?\\b|\\bj(object|string|class)\\b");
  private static final Pattern PYTHON = Pattern.compile("\\bpyo3(_ffi)?\\b");
  private static final Pattern FENCED =
      Pattern.compile("\\bintern!|#\\[py(class|function|module|methods)|\\bPython::attach\\b");

  private final JavaNatives java = JavaNatives.ofPlaceOf(PythonConfig.class);

  @Test
  void onlyInternalClassesDeclareNatives() {
    assertFalse(java.natives().isEmpty(), "no native method found: the scan is broken");
    assertNone(java.natives().stream().filter(method -> !isInternal(method.owner())).toList());
  }

  @Test
  void onlyInternalClassesCallNatives() {
    assertFalse(java.callsOfNatives().isEmpty(), "no call of a native found: the scan is broken");
    assertNone(java.callsOfNatives().stream().filter(call -> !isInternal(call.caller())).toList());
  }

  @Test
  void everyNativeMethodHasItsRustTwinAndTheOtherWayRound() {
    Set<String> declared = new TreeSet<>();
    java.natives().forEach(method -> declared.add(listedName(method)));
    testNatives().forEach(method -> declared.add(method.toString()));
    Set<String> implemented = RustNatives.exported();
    RustNatives.registered().forEach(entry -> implemented.add(entry.javaName()));
    assertNone(missing(declared, implemented, " has no Rust twin"));
    assertNone(missing(implemented, declared, " has no Java twin"));
  }

  @Test
  void everyRustTwinTakesWhatItsSignatureSays() {
    assertFalse(RustNatives.registered().isEmpty(), "the list of natives cannot be read");
    assertNone(
        RustNatives.registered().stream()
            .map(LayersTest::mismatch)
            .flatMap(Optional::stream)
            .toList());
  }

  @Test
  void coreAndTableNameNoJni() {
    assertNone(RustSources.linesWith(JNI, "core", "table"));
    assertNone(find(JNI, RustSources.manifest("core") + RustSources.manifest("table")));
  }

  @Test
  void tableAndLoaderNameNoPyO3() {
    assertNone(RustSources.linesWith(PYTHON, "table", "loader"));
    assertNone(find(PYTHON, RustSources.manifest("table") + RustSources.manifest("loader")));
  }

  @Test
  void nothingUsesWhatAssumesOneInterpreter() {
    assertNone(RustSources.linesWith(FENCED, "table", "core", "jni", "loader"));
  }

  /** The package itself, not what lies below it: {@code internal.find} is plain Java. */
  private static boolean isInternal(String className) {
    return className.startsWith(INTERNAL) && className.indexOf('/', INTERNAL.length()) < 0;
  }

  /** The natives of test builds, whose Java class is one of the tests'. */
  private static List<Method> testNatives() {
    return JavaNatives.ofPlaceOf(LayersTest.class).natives().stream()
        .filter(method -> isInternal(method.owner()))
        .toList();
  }

  /** The loader's natives are bound by name: Rust does not list their signatures. */
  private static String listedName(Method method) {
    boolean byName = method.owner().endsWith("/LoaderNatives");
    return byName ? method.owner() + "." + method.name() : method.toString();
  }

  private static Optional<String> mismatch(RustNatives.Entry entry) {
    String wanted =
        Stream.of(Type.getArgumentTypes(entry.signature()))
            .map(type -> type.getSort() >= Type.ARRAY ? "L" : type.getDescriptor())
            .collect(Collectors.joining());
    String taken = RustNatives.parameters(entry);
    return wanted.equals(taken)
        ? Optional.empty()
        : Optional.of(entry.javaName() + ": Rust takes " + taken);
  }

  private static List<String> missing(Set<String> wanted, Set<String> present, String what) {
    return wanted.stream()
        .filter(name -> !present.contains(name))
        .map(name -> name + what)
        .toList();
  }

  private static List<String> find(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(MatchResult::group).toList();
  }

  private static void assertNone(List<?> found) {
    assertEquals("", found.stream().map(Object::toString).collect(Collectors.joining("\n")));
  }
}
