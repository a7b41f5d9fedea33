package io.gilgamesh.internal;

import io.gilgamesh.internal.host.HostClass;
import io.gilgamesh.internal.host.HostPackages;
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

  /** A thread that Python made has none of its own. */
  private static ClassLoader loader() {
    ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
    return ofThread == null ? ClassLoader.getSystemClassLoader() : ofThread;
  }
}
