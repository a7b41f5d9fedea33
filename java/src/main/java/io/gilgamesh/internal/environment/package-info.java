/**
 * Making, keeping and deleting virtual environments with packages, in Java and by the installers.
 *
 * <p>{@link io.gilgamesh.internal.environment.EnvironmentMaker} and {@link
 * io.gilgamesh.internal.environment.EnvironmentStore} are the ways in. In the order of dependence:
 * {@code Redacted}, {@code RequirementLine}, {@code RequirementsFile}; {@code EnvironmentRequest}
 * and {@code Packages}, what is wanted; {@code EnvironmentContent}, {@code EnvironmentFolder},
 * {@code EnvironmentUse} and {@code MarkedFolder}, what is kept; {@code LockFile}; {@code
 * ProgressMeter} and {@code InstallWatch}; {@code Settings} and {@code Runs}; {@code PipSettings},
 * {@code UvVariables}, {@code PipTool}, and {@code Installer} with its two kinds; {@code
 * InstalledPackages} and {@code EnvironmentCheck}.
 */
@NullMarked
package io.gilgamesh.internal.environment;

import org.jspecify.annotations.NullMarked;
