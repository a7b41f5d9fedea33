package io.gilgamesh.host;

import static io.gilgamesh.host.Policies.LOADER;
import static io.gilgamesh.host.Policies.finds;
import static io.gilgamesh.host.Policies.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.HostAccess;
import io.gilgamesh.internal.host.HostClass;
import java.io.File;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which classes each policy lets scripts look up, and what it says of the others. */
class HostLookupTest {

  // ---- looking classes up

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.lang.Runtime",
        "java.lang.System",
        "java.lang.Process",
        "java.lang.ProcessBuilder",
        "java.lang.ProcessBuilder$Redirect",
        "java.lang.ProcessHandle",
        "java.lang.Thread",
        "java.lang.Thread.Builder",
        "java.lang.ThreadGroup",
        "java.lang.ThreadLocal",
        "java.lang.InheritableThreadLocal",
        "java.lang.Class",
        "java.lang.ClassLoader",
        "java.lang.ClassValue",
        "java.lang.Module",
        "java.lang.ModuleLayer",
        "java.lang.Package",
        "java.lang.SecurityManager",
        "java.lang.StackWalker",
        "java.lang.Compiler",
        "java.lang.reflect.Method",
        "java.lang.reflect.Proxy",
        "java.lang.reflect.Array",
        "java.lang.reflect.Method[]",
        "java.lang.invoke.MethodHandles",
        "java.lang.invoke.MethodHandles$Lookup",
        "java.lang.invoke.LambdaMetafactory",
        "java.lang.foreign.Linker",
        "java.lang.constant.ClassDesc",
        "java.lang.management.ManagementFactory",
        "java.lang.instrument.Instrumentation",
        "java.lang.ref.Cleaner",
        "java.io.File",
        "java.io.FileInputStream",
        "java.io.FileOutputStream",
        "java.io.FileReader",
        "java.io.RandomAccessFile",
        "java.io.ObjectInputStream",
        "java.io.PrintStream",
        "java.nio.file.Files",
        "java.nio.file.Path",
        "java.nio.file.Paths",
        "java.nio.file.FileSystems",
        "java.nio.channels.FileChannel",
        "java.nio.MappedByteBuffer",
        "java.net.URI",
        "java.net.URL",
        "java.net.Socket",
        "java.net.ServerSocket",
        "java.net.URLClassLoader",
        "java.net.InetAddress",
        "java.net.http.HttpClient",
        "java.beans.Expression",
        "java.beans.XMLDecoder",
        "java.security.AccessController",
        "java.security.Provider",
        "java.sql.DriverManager",
        "java.time.zone.ZoneRulesProvider",
        "java.util.Formatter",
        "java.util.Scanner",
        "java.util.ServiceLoader",
        "java.util.ResourceBundle",
        "java.util.PropertyPermission",
        "java.util.Timer",
        "java.util.TimerTask",
        "java.util.jar.JarFile",
        "java.util.zip.ZipFile",
        "java.util.logging.FileHandler",
        "java.util.prefs.Preferences",
        "java.util.spi.ToolProvider",
        "java.util.concurrent.Executors",
        "java.util.concurrent.ForkJoinPool",
        "java.util.concurrent.CompletableFuture",
        "java.util.concurrent.ThreadPoolExecutor",
        "java.util.concurrent.atomic.AtomicIntegerFieldUpdater",
        "java.util.concurrent.locks.LockSupport",
        "javax.script.ScriptEngineManager",
        "javax.naming.InitialContext",
        "javax.management.MBeanServer",
        "javax.tools.ToolProvider",
        "jdk.internal.misc.Unsafe",
        "jdk.jshell.JShell",
        "sun.misc.Unsafe",
        "com.sun.tools.attach.VirtualMachine",
        "io.gilgamesh.Python",
        "io.gilgamesh.internal.host.HostClass",
        "org.junit.jupiter.api.Test"
      })
  void dangerousAndUnknownClassesAreNotLookedUpByDefault(String name) {
    assertFalse(finds(name, HostAccess.DEFAULT), name);
    assertFalse(finds(name, HostAccess.EXPLICIT), name);
    assertFalse(finds(name, HostAccess.NONE), name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.lang.Object",
        "java.lang.String",
        "java.lang.StringBuilder",
        "java.lang.Integer",
        "java.lang.Math",
        "java.lang.Character.UnicodeBlock",
        "java.lang.IllegalStateException",
        "java.lang.OutOfMemoryError",
        "java.io.IOException",
        "java.net.UnknownHostException",
        "java.math.BigDecimal",
        "java.time.LocalDate",
        "java.time.format.DateTimeFormatter",
        "java.time.temporal.ChronoUnit",
        "java.text.DecimalFormat",
        "java.util.ArrayList",
        "java.util.Map.Entry",
        "java.util.AbstractMap.SimpleEntry",
        "java.util.Optional",
        "java.util.UUID",
        "java.util.Locale",
        "java.util.concurrent.ConcurrentHashMap",
        "java.util.concurrent.TimeUnit",
        "java.util.concurrent.atomic.AtomicLong",
        "java.util.function.Function",
        "java.util.stream.Collectors",
        "java.util.regex.Pattern",
        "java.nio.ByteBuffer",
        "java.nio.charset.StandardCharsets",
        "int[]",
        "java.lang.String[]"
      })
  void valuesAndCollectionsAreLookedUpByDefault(String name) {
    assertTrue(finds(name, HostAccess.DEFAULT), name);
  }

  @Test
  void aRefusalNamesTheClassAndTheCodeThatAllowsIt() {
    String message = refusal(() -> HostClass.find("java.lang.Runtime", LOADER, HostAccess.DEFAULT));
    assertEquals(
        "scripts may not use java.lang.Runtime under HostAccess.DEFAULT; to allow it start Python"
            + " with PythonConfig.builder().hostAccess(HostAccess.builder()"
            + ".allowClass(java.lang.Runtime.class).build())",
        message);
    HostAccess allowed = HostAccess.builder().allowClass(java.lang.Runtime.class).build();
    assertTrue(finds("java.lang.Runtime", allowed));
    String explicit = refusal(() -> HostClass.find("java.net.URL", LOADER, HostAccess.EXPLICIT));
    assertTrue(
        explicit.contains("HostAccess.EXPLICIT.toBuilder().allowClass(java.net.URL.class)"),
        explicit);
  }

  @Test
  void packagesAreAllowedWithThoseBelow() {
    HostAccess access = HostAccess.builder().allowPackage("org.junit").build();
    assertTrue(finds("org.junit.jupiter.api.Test", access));
    assertTrue(finds("org.junit.jupiter.api.Test[]", access));
    assertFalse(finds("org.junitpioneer.Test", access));
    assertFalse(finds("org.opentest4j.AssertionFailedError", access));
    assertTrue(finds("java.util.List", access));
    assertTrue(finds("java.lang.Runtime", HostAccess.ALL));
    assertTrue(access.allows(Test.class));
    assertFalse(access.allows(File.class));
  }
}
