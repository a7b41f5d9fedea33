package io.gilgamesh.internal.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleReader;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The class files of a package: in the modules of the JVM, and in folders and jars of a loader. */
final class PackageFiles {

  private static final String SUFFIX = ".class";

  private final String name;
  private final String folder;
  private final Set<String> classes = new HashSet<>();
  private boolean listed;

  private PackageFiles(String name) {
    this.name = name;
    folder = name.replace('.', '/') + "/";
  }

  /** The names of its classes without those nested in others, null where nobody can list them. */
  static @Nullable Set<String> classes(String name, ClassLoader loader) {
    if (name.isEmpty() || name.indexOf('/') >= 0) {
      return null;
    }
    PackageFiles files = new PackageFiles(name);
    try {
      files.addModules();
      files.addFolders(loader);
    } catch (IOException | UncheckedIOException | URISyntaxException e) {
      return null;
    }
    return files.listed ? files.classes : null;
  }

  // ---- modules

  private void addModules() throws IOException {
    listed = HostPackages.isOfModules(name);
    for (Module module : ModuleLayer.boot().modules()) {
      if (module.isExported(name)) {
        addModule(module.getName());
      }
    }
  }

  private void addModule(String module) throws IOException {
    Configuration known = ModuleLayer.boot().configuration();
    try (ModuleReader reader = known.findModule(module).orElseThrow().reference().open();
        Stream<String> files = reader.list()) {
      files.forEach(this::add);
    }
  }

  // ---- the class path

  private void addFolders(ClassLoader loader) throws IOException, URISyntaxException {
    for (URL found : Collections.list(loader.getResources(folder))) {
      if (found.getProtocol().equals("file")) {
        addFolder(Path.of(found.toURI()));
      } else if (found.openConnection() instanceof JarURLConnection jar) {
        addJar(jar);
      }
    }
  }

  private void addFolder(Path path) throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      files.forEach(file -> add(folder + file.getFileName()));
    }
    listed = true;
  }

  /** Not by the cache, which would leave open what is opened here, or close what others use. */
  private void addJar(JarURLConnection connection) throws IOException {
    connection.setUseCaches(false);
    try (JarFile jar = connection.getJarFile()) {
      jar.stream().forEach(entry -> add(entry.getName()));
    }
    listed = true;
  }

  private void add(String file) {
    if (file.startsWith(folder) && file.endsWith(SUFFIX)) {
      String last = file.substring(folder.length(), file.length() - SUFFIX.length());
      boolean nested = last.indexOf('/') >= 0 || last.indexOf('$') >= 0;
      if (!nested && last.indexOf('-') < 0) { // as package-info has
        classes.add(last);
      }
    }
  }
}
