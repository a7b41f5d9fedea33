package io.gilgamesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PythonConfigTest {
  private static PythonConfig full() {
    return PythonConfig.builder()
        .executable(Path.of("/usr/bin/python3"))
        .arguments(List.of("script", "one"))
        .path(List.of(Path.of("/lib")))
        .shutdownTimeout(Duration.ofSeconds(5))
        .build();
  }

  @Test
  void theDefaultsChooseNothing() {
    PythonConfig config = PythonConfig.defaults();

    assertTrue(
        config.executable().isEmpty() && config.venv().isEmpty() && config.libpython().isEmpty());
    assertEquals(List.of(), config.arguments());
    assertEquals(List.of(), config.path());
    assertEquals(Duration.ofSeconds(2), config.shutdownTimeout());
    assertEquals(config, PythonConfig.builder().build());
  }

  @Test
  void equalSettingsMakeEqualConfigurations() {
    assertEquals(full(), full());
    assertEquals(full().hashCode(), full().hashCode());
    assertEquals(full(), full().toBuilder().build());
    assertNotEquals(full(), full().toBuilder().arguments(List.of()).build());
    assertNotEquals(full(), PythonConfig.defaults());
    assertTrue(full().toString().contains("/usr/bin/python3"), full().toString());
  }

  @Test
  void onlyOnePythonCanBeChosen() {
    PythonConfig.Builder builder =
        PythonConfig.builder().venv(Path.of("venv")).libpython(Path.of("lib"));

    String message = assertThrows(IllegalArgumentException.class, builder::build).getMessage();

    assertTrue(message.contains("venv") && message.contains("libpython"), message);
  }

  @Test
  void aNegativeTimeoutIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> PythonConfig.builder().shutdownTimeout(Duration.ofSeconds(-1)));
  }

  @Test
  void laterChangesOfAListDoNotReachTheConfiguration() {
    List<String> arguments = new ArrayList<>(List.of("a"));
    PythonConfig config = PythonConfig.builder().arguments(arguments).build();
    arguments.add("b");

    assertEquals(List.of("a"), config.arguments());
  }
}
