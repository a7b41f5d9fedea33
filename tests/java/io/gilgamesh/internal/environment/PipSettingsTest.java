package io.gilgamesh.internal.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.internal.find.Surroundings;
import io.gilgamesh.internal.find.TestSurroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipSettingsTest {
  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>();

  private Surroundings surroundings() {
    environment.putIfAbsent("XDG_CONFIG_DIRS", folder.resolve("shared").toString());
    environment.putIfAbsent("XDG_CONFIG_HOME", folder.resolve("own").toString());
    return TestSurroundings.with(environment, folder.resolve("cache"));
  }

  private Map<String, String> values() {
    return PipSettings.of(surroundings()).values();
  }

  private Map<String, String> variables() {
    return UvVariables.of(PipSettings.of(surroundings()), surroundings());
  }

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void laterFilesWinAndVariablesWinOverFiles() throws IOException {
    file(
        "shared/pip/pip.conf",
        "[global]\nindex-url = https://a/\nretries = 3\nown-of-the-test = 7\n");
    file("own/pip/pip.conf", "[global]\nindex_url = https://b/\nretries = 4\n");
    file("chosen.conf", "[install]\nretries: 5\n[freeze]\nretries = 6\n");
    environment.put("PIP_CONFIG_FILE", folder.resolve("chosen.conf").toString());
    environment.put("PIP_INDEX_URL", "https://c/");

    Map<String, String> values = values();

    assertEquals("https://c/", values.get("index-url"));
    assertEquals("5", values.get("retries"));
    assertEquals("7", values.get("own-of-the-test"));
  }

  @Test
  void aValueOfSeveralLinesIsRead() throws IOException {
    file(
        "own/pip/pip.conf",
        "# indexes\n[global]\nextra-index-url =\n    https://a/\n    https://b/\n; the end\n");

    assertEquals("https://a/ https://b/", values().get("extra-index-url"));
  }

  @Test
  void noFileIsReadWherePipReadsNone() throws IOException {
    file("own/pip/pip.conf", "[global]\nindex-url = https://a/\n");
    environment.put("PIP_CONFIG_FILE", "/dev/null");

    assertFalse(values().containsKey("index-url"), values().toString());
  }

  @Test
  void uvIsToldWherePackagesComeFrom() {
    environment.put("PIP_CONFIG_FILE", "/dev/null");
    environment.put("PIP_INDEX_URL", "https://user:secret@a/simple");
    environment.put("PIP_EXTRA_INDEX_URL", "https://b/ https://c/");
    environment.put("PIP_FIND_LINKS", "/wheels https://d/wheels");
    environment.put("PIP_TRUSTED_HOST", "d");
    environment.put("PIP_CERT", "/etc/ca.pem");
    environment.put("PIP_DEFAULT_TIMEOUT", "60");

    assertEquals(
        Map.of(
            "UV_DEFAULT_INDEX", "https://user:secret@a/simple",
            "UV_INDEX", "https://b/ https://c/",
            "UV_FIND_LINKS", "/wheels,https://d/wheels",
            "UV_INSECURE_HOST", "d",
            "SSL_CERT_FILE", "/etc/ca.pem",
            "UV_HTTP_TIMEOUT", "60"),
        variables());
  }

  @Test
  void whatIsSetForUvItselfStays() {
    environment.put("PIP_CONFIG_FILE", "/dev/null");
    environment.put("PIP_INDEX_URL", "https://a/");
    environment.put("PIP_EXTRA_INDEX_URL", "https://b/");
    environment.put("UV_DEFAULT_INDEX", "https://c/");
    environment.put("UV_EXTRA_INDEX_URL", "https://d/");

    assertEquals(Map.of(), variables());
  }

  @Test
  void aSettingThatUvCannotBeToldIsNamed() {
    environment.put("PIP_CONFIG_FILE", "/dev/null");
    environment.put("PIP_NO_INPUT", "1");
    assertEquals(Optional.empty(), UvVariables.foreign(PipSettings.of(surroundings())));

    environment.put("PIP_ONLY_BINARY", ":all:");
    assertEquals(Optional.of("only-binary"), UvVariables.foreign(PipSettings.of(surroundings())));
  }

  @Test
  void noIndexIsKnownByItsValue() {
    environment.put("PIP_CONFIG_FILE", "/dev/null");
    environment.put("PIP_NO_INDEX", "no");
    assertFalse(UvVariables.noIndex(PipSettings.of(surroundings())));

    environment.put("PIP_NO_INDEX", "Yes");
    assertTrue(UvVariables.noIndex(PipSettings.of(surroundings())));
  }
}
