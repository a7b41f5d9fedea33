package io.gilgamesh.internal.host;

import io.gilgamesh.internal.host.AccessRules.Decision;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why scripts do not see a member that a class has. */
final class Missing {

  private Missing() {}

  /** The reason with the way out, or null where there is no such member. */
  static @Nullable String reason(Class<?> type, String name) {
    AccessRules rules = HostClass.of(type).rules();
    String reason = null;
    for (Class<?> owner : Supertypes.of(type)) {
      for (Member member : declared(owner, name)) {
        String found = reason(member, owner, rules);
        // Of several the public one is the one that is meant.
        if (reason == null || Modifier.isPublic(member.getModifiers())) {
          reason = found;
        }
      }
      if (reason != null) {
        return reason;
      }
    }
    return null;
  }

  private static List<Member> declared(Class<?> owner, String name) {
    List<Member> all = new ArrayList<>();
    try {
      all.addAll(Arrays.asList(owner.getDeclaredMethods()));
      all.addAll(Arrays.asList(owner.getDeclaredFields()));
    } catch (LinkageError e) {
      return List.of(); // what a member names is not there
    }
    all.removeIf(member -> !member.getName().equals(name) || member.isSynthetic());
    return all;
  }

  private static String reason(Member member, Class<?> owner, AccessRules rules) {
    String title = owner.getName() + "." + member.getName();
    String marking = ", or annotate it with HostAccess.Export and use HostAccess.EXPLICIT or ALL";
    if (!Modifier.isPublic(member.getModifiers())) {
      return title + " is not public: make it public" + marking;
    } else if (!Modifier.isPublic(owner.getModifiers())) {
      return title
          + " is public in a class that is not: make the class public, or declare the member in a"
          + " public interface"
          + marking;
    } else if (!Members.isOpen(owner)) {
      return owner.getModule() + " does not export " + owner.getPackageName() + " to the bridge";
    } else if (rules.of(member) == Decision.HIDDEN) {
      return rules.hidden(title, owner);
    }
    return title + " is static, and belongs to the interface: call it there";
  }
}
