package io.gilgamesh.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.HostAccess;
import io.gilgamesh.internal.host.HostClass;
import io.gilgamesh.internal.host.HostPackages;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packages are told from names that are none. */
class HostPackagesTest {

  private static final ClassLoader LOADER = HostPackagesTest.class.getClassLoader();

  @ParameterizedTest
  @ValueSource(strings = {"java", "java.util", "java.util.concurrent", "io", "io.gilgamesh.host"})
  void aPackageAndWhatItsNameBeginsWithExist(String name) {
    assertTrue(HostPackages.exists(name, LOADER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "jav", "java.utl", "java.util.List", "numpy", "io.gilgamesh.hos"})
  void anyOtherNameDoesNot(String name) {
    assertFalse(HostPackages.exists(name, LOADER));
  }

  // ---- their classes

  private static List<String> classes(String name, HostAccess access) {
    List<String> listed = HostClass.list(name, LOADER, access);
    return Objects.requireNonNull(listed, () -> name + " cannot be listed");
  }

  @Test
  void theClassesOfAPackageAreThoseThatScriptsMayLookUp() {
    List<String> open = classes("java.util", HostAccess.DEFAULT);
    assertTrue(open.containsAll(List.of("ArrayList", "List", "NoSuchElementException")));
    assertFalse(open.contains("ServiceLoader"));
    assertTrue(open.stream().noneMatch(name -> name.contains("$") || name.contains("Entry")));
    assertTrue(classes("java.util", HostAccess.ALL).contains("ServiceLoader"));
    assertEquals(List.of(), classes("java.util", HostAccess.NONE));
    assertEquals(List.of(), classes("java", HostAccess.ALL));
    assertEquals(List.of(), classes("jdk.internal.misc", HostAccess.ALL), "not exported");
  }

  @Test
  void theClassesOfFoldersAndJarsAreListed() {
    assertTrue(classes("io.gilgamesh.testing", HostAccess.ALL).contains("ChildJvm"));
    assertFalse(classes("io.gilgamesh.host", HostAccess.ALL).contains("HostPackagesTest"));
    assertTrue(classes("org.junit.jupiter.api", HostAccess.ALL).contains("Test"));
    assertEquals(List.of(), classes("io.gilgamesh.testing", HostAccess.DEFAULT));
  }

  @Test
  void aJarWithoutEntriesForItsFoldersCannotBeListed(@TempDir Path folder) throws IOException {
    Path jar = folder.resolve("flat.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("com/flat/Flat.class"));
    }
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
      assertNull(HostClass.list("com.flat", loader, HostAccess.ALL));
    }
  }

  @Test
  void aClassThatCannotBeLoadedIsLeftOut(@TempDir Path folder) throws IOException {
    Path broken = Files.createDirectories(folder.resolve("com/broken"));
    Files.writeString(broken.resolve("Broken.class"), "no class");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      assertEquals(List.of(), HostClass.list("com.broken", loader, HostAccess.ALL));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "com/acme", "no.such.place"})
  void whatIsNoPackageCannotBeListed(String name) {
    assertNull(HostClass.list(name, LOADER, HostAccess.ALL));
  }
}
