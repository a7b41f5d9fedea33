package io.gilgamesh.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gilgamesh.HostAccess;
import io.gilgamesh.internal.host.HostCallException;
import io.gilgamesh.internal.host.HostCallException.Kind;
import io.gilgamesh.internal.host.HostClass;
import org.junit.jupiter.api.function.Executable;

/** What a policy says of a class: found, or refused with a message. */
final class Policies {

  static final ClassLoader LOADER = Policies.class.getClassLoader();

  private Policies() {}

  static boolean finds(String name, HostAccess access) {
    try {
      return HostClass.find(name, LOADER, access) != null;
    } catch (HostCallException e) {
      assertEquals(Kind.PERMISSION, e.kind());
      return false;
    }
  }

  static String refusal(Executable call) {
    HostCallException refused = assertThrows(HostCallException.class, call);
    assertEquals(Kind.PERMISSION, refused.kind());
    return String.valueOf(refused.getMessage());
  }
}
