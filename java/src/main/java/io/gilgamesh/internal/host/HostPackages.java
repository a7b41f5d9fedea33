package io.gilgamesh.internal.host;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which names are packages, or begin one, so that Python can tell them from misspelt ones. */
public final class HostPackages {

  private HostPackages() {}

  /** Those of the modules that the JVM started with; they stay the same. */
  private static final class OfModules {
    static final Set<String> NAMES = names();

    private static Set<String> names() {
      Set<String> names = new HashSet<>();
      for (Module module : ModuleLayer.boot().modules()) {
        module.getPackages().forEach(name -> addWithParents(names, name));
      }
      return Set.copyOf(names);
    }

    private static void addWithParents(Set<String> names, String name) {
      for (int end = name.length(); end > 0; end = name.lastIndexOf('.', end - 1)) {
        names.add(name.substring(0, end));
      }
    }
  }

  /**
   * Tells whether there is a package of a name, or one whose name begins with it. What scripts may
   * use of it is another question. A jar without entries for its folders shows its packages only
   * once a class of them is loaded.
   *
   * @param name such as {@code java.util}
   * @param loader whose packages count, with those of its parents
   * @return whether there is one
   */
  public static boolean exists(String name, ClassLoader loader) {
    return isOfModules(name) || isFolder(name, loader) || isDefined(name, loader);
  }

  /** Whether a module that the JVM started with has such a package, or one whose name begins so. */
  static boolean isOfModules(String name) {
    return OfModules.NAMES.contains(name);
  }

  private static boolean isFolder(String name, ClassLoader loader) {
    return !name.isEmpty() && loader.getResource(name.replace('.', '/') + "/") != null;
  }

  private static boolean isDefined(String name, @Nullable ClassLoader loader) {
    for (ClassLoader each = loader; each != null; each = each.getParent()) {
      for (Package defined : each.getDefinedPackages()) {
        if ((defined.getName() + ".").startsWith(name + ".")) {
          return true;
        }
      }
    }
    return false;
  }
}
