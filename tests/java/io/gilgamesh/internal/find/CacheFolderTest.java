package io.gilgamesh.internal.find;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gilgamesh.PythonStartException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheFolderTest {
  private static Path cache(Map<String, String> environment, String property, String home) {
    ClassLoader loader = CacheFolderTest.class.getClassLoader();
    return CacheFolder.of(
        new Surroundings(environment, property, home, "", loader, Duration.ofSeconds(1), null));
  }

  @Test
  void thePropertyComesBeforeTheVariableBeforeTheSystemsOwn() {
    assumeTrue(Platform.name().startsWith("linux"));
    Map<String, String> environment =
        Map.of("GILGAMESH_CACHE", "/variable", "XDG_CACHE_HOME", "/xdg");

    assertEquals(Path.of("/property"), cache(environment, "/property", "/home/me"));
    assertEquals(Path.of("/variable"), cache(environment, null, "/home/me"));
    assertEquals(
        Path.of("/xdg/gilgamesh"), cache(Map.of("XDG_CACHE_HOME", "/xdg"), " ", "/home/me"));
    assertEquals(
        Path.of("/home/me/.cache/gilgamesh"),
        cache(Map.of("XDG_CACHE_HOME", "relative"), null, "/home/me"));
  }

  @Test
  void aUserWithoutAHomeIsToldWhatToSet() {
    assumeTrue(Platform.name().startsWith("linux"));

    String message =
        assertThrows(PythonStartException.class, () -> cache(Map.of(), null, "?")).getMessage();

    assertTrue(message.contains("GILGAMESH_CACHE") && message.contains("gilgamesh.cache"), message);
  }
}
