package io.gilgamesh.internal.environment;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an environment shall hold, as it was asked for.
 *
 * @param requirements checked; sorted and without duplicates afterwards
 * @param requirementFiles absolute paths
 * @param constraints checked; sorted and without duplicates afterwards
 * @param constraintFiles absolute paths
 * @param lock the lock file's absolute path, or null
 */
public record EnvironmentRequest(
    List<String> requirements,
    List<Path> requirementFiles,
    List<String> constraints,
    List<Path> constraintFiles,
    @Nullable Path lock) {

  /**
   * Keeps what was asked for, in whatever order.
   *
   * @param requirements checked
   * @param requirementFiles absolute paths
   * @param constraints checked
   * @param constraintFiles absolute paths
   * @param lock the lock file's absolute path, or null
   */
  public EnvironmentRequest {
    requirements = RequirementTexts.sorted(requirements);
    requirementFiles = List.copyOf(requirementFiles);
    constraints = RequirementTexts.sorted(constraints);
    constraintFiles = List.copyOf(constraintFiles);
  }

  /**
   * An environment of requirements alone.
   *
   * @param requirements checked, sorted and without duplicates
   * @return the request
   */
  public static EnvironmentRequest of(List<String> requirements) {
    return new EnvironmentRequest(requirements, List.of(), List.of(), List.of(), null);
  }
}
