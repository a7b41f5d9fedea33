package io.gilgamesh.internal;

import io.gilgamesh.internal.host.HostClass;
import io.gilgamesh.internal.host.HostPackages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What scripts look up, by the class loader of the thread that runs them, unless the policy names
 * one.
 */
final class Hosts {

  private Hosts() {}

  /** Gives the number of a class, null where there is none of that name. */
  static @Nullable Long findClass(String name) {
    HostClass found = HostClass.find(name, loader());
    return found == null ? null : (long) found.number();
  }

  static boolean findPackage(String name) {
    return HostPackages.exists(name, HostClass.loader(loader()));
  }

  /** Gives the names of a package's classes, null where they cannot be listed. */
  static @Nullable List<String> listPackage(String name) {
    return HostClass.list(name, loader());
  }

  /** A thread that Python made has none of its own. */
  private static ClassLoader loader() {
    ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
    return ofThread == null ? ClassLoader.getSystemClassLoader() : ofThread;
  }
}
