package io.gilgamesh.internal.environment;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Checks requirements and constraints that are given as texts. */
public final class RequirementTexts {
  private RequirementTexts() {}

  /**
   * Checks one.
   *
   * @param text a requirement
   * @return the requirement, stripped
   * @throws IllegalArgumentException if it is blank, is or holds an option of pip, or has several
   *     lines
   */
  public static String checked(String text) {
    String requirement = text.strip();
    if (requirement.isEmpty()) {
      throw new IllegalArgumentException("a requirement is blank");
    }
    if (requirement.startsWith("-") || requirement.matches("(?s).*\\s-.*")) {
      throw new IllegalArgumentException(
          "not a requirement but an option of pip: '"
              + requirement
              + "'; options stand in a requirements file, in pip's configuration or in PIP_"
              + " environment variables");
    }
    if (requirement.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "a requirement holds control characters: '"
              + requirement
              + "'; give each requirement by itself");
    }
    return requirement;
  }

  /** The order of asking is indifferent. */
  static List<String> sorted(Collection<String> texts) {
    return List.copyOf(new TreeSet<>(texts));
  }
}
