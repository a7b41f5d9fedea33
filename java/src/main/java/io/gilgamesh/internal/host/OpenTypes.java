package io.gilgamesh.internal.host;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Type;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The JDK's classes that any script may use, and those that lead to all others. Named one by one
 * where a package has both kinds, so that what a later JDK adds is refused until somebody has
 * looked at it.
 */
final class OpenTypes {

  /** Packages, without those below them, and classes with what is nested in them. */
  private static final Set<String> OPEN =
      names(
          "java.lang. Appendable AutoCloseable Boolean Byte CharSequence Character Cloneable"
              + " Comparable Double Enum Float Integer Iterable Long Math Number Object Record"
              + " Runnable Short StackTraceElement StrictMath String StringBuffer StringBuilder"
              + " Void",
          "java. math text time time.chrono time.format time.temporal util.function util.regex"
              + " util.stream",
          "java.time.zone. ZoneOffsetTransition ZoneOffsetTransitionRule ZoneRules",
          "java.nio. Buffer ByteBuffer ByteOrder CharBuffer DoubleBuffer FloatBuffer IntBuffer"
              + " LongBuffer ShortBuffer",
          "java.nio.charset. Charset StandardCharsets",
          "java.util. AbstractCollection AbstractList AbstractMap AbstractQueue"
              + " AbstractSequentialList AbstractSet ArrayDeque ArrayList Arrays Base64 BitSet"
              + " Calendar Collection Collections Comparator Currency Date Deque Dictionary"
              + " DoubleSummaryStatistics EnumMap EnumSet Enumeration GregorianCalendar HashMap"
              + " HashSet Hashtable HexFormat IdentityHashMap IntSummaryStatistics Iterator"
              + " LinkedHashMap LinkedHashSet LinkedList List ListIterator Locale"
              + " LongSummaryStatistics Map NavigableMap NavigableSet Objects Optional"
              + " OptionalDouble OptionalInt OptionalLong PrimitiveIterator PriorityQueue"
              + " Properties Queue Random RandomAccess SequencedCollection SequencedMap"
              + " SequencedSet Set SimpleTimeZone SortedMap SortedSet Spliterator Spliterators"
              + " SplittableRandom Stack StringJoiner StringTokenizer TimeZone TreeMap TreeSet"
              + " UUID Vector WeakHashMap",
          "java.util.random. RandomGenerator",
          "java.util.concurrent. ArrayBlockingQueue BlockingDeque BlockingQueue Callable"
              + " ConcurrentHashMap ConcurrentLinkedDeque ConcurrentLinkedQueue ConcurrentMap"
              + " ConcurrentNavigableMap ConcurrentSkipListMap ConcurrentSkipListSet"
              + " CopyOnWriteArrayList CopyOnWriteArraySet LinkedBlockingDeque"
              + " LinkedBlockingQueue PriorityBlockingQueue ThreadLocalRandom TimeUnit",
          "java.util.concurrent.atomic. AtomicBoolean AtomicInteger AtomicIntegerArray AtomicLong"
              + " AtomicLongArray AtomicReference AtomicReferenceArray DoubleAccumulator"
              + " DoubleAdder LongAccumulator LongAdder");

  /** Static methods of open classes that change or tell what belongs to the whole process. */
  private static final Set<String> REFUSED_METHODS =
      Set.of(
          "java.lang.Boolean.getBoolean",
          "java.lang.Integer.getInteger",
          "java.lang.Long.getLong",
          "java.util.Locale.setDefault",
          "java.util.TimeZone.setDefault");

  /** What gives or is a way to any class; whatever extends or implements them is one, too. */
  private static final List<Class<?>> REFLECTIVE =
      List.of(
          AnnotatedElement.class,
          ClassLoader.class,
          MethodHandle.class,
          ModuleLayer.class,
          ProtectionDomain.class,
          Type.class,
          VarHandle.class);

  private static final Set<String> REFLECTIVE_PACKAGES =
      Set.of("java.lang.reflect", "java.lang.invoke", "sun.misc", "sun.reflect");

  private OpenTypes() {}

  private static Set<String> names(String... groups) {
    return List.of(groups).stream()
        .map(group -> group.split(" "))
        .flatMap(words -> List.of(words).stream().skip(1).map(word -> words[0] + word))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether any script may look the class up. */
  static boolean isOpen(Class<?> type) {
    String topLevel = topLevel(type.getName());
    return OPEN.contains(topLevel)
        || OPEN.contains(type.getPackageName())
        || (Throwable.class.isAssignableFrom(type) && topLevel.startsWith("java."));
  }

  private static String topLevel(String name) {
    int nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }

  /** Whether an open class has a static method that no script may call by default. */
  static boolean isRefused(String className, String method) {
    return REFUSED_METHODS.contains(className + "." + method);
  }

  /** Whether objects of a type lead to classes that were not asked for. Exceptions do not. */
  static boolean isReflective(Class<?> type) {
    Class<?> element = element(type);
    return !Throwable.class.isAssignableFrom(element)
        && (REFLECTIVE_PACKAGES.contains(element.getPackageName())
            || REFLECTIVE.stream().anyMatch(way -> way.isAssignableFrom(element)));
  }

  /** What an array is made of in the end; any other class itself. */
  static Class<?> element(Class<?> type) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    return element;
  }
}
