package io.gilgamesh.internal.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonEnvironmentProgress;
import io.gilgamesh.PythonEnvironmentProgress.Step;
import io.gilgamesh.PythonInstaller;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProgressTest {
  @TempDir static Path shared;

  private final List<PythonEnvironmentProgress> told = new ArrayList<>();
  private final ProgressMeter meter = new ProgressMeter(told::add);

  private List<Integer> percents() {
    return told.stream().map(each -> each.percent().orElse(-1)).toList();
  }

  @ParameterizedTest
  @EnumSource(names = {"PIP", "UV"})
  void itGoesForwardToTheEnd(PythonInstaller installer) throws IOException {
    MadeEnvironments made = new MadeEnvironments(shared).by(installer);
    made.wheels.add("alpha", "1.0", "beta>=1");
    made.wheels.add("beta", "1.0");
    made.make("alpha<1" + installer.ordinal());

    told.addAll(made.steps);
    assertEquals(Step.FIND_PYTHON, told.get(0).step());
    assertEquals(percents().stream().sorted().toList(), percents());
    List<Step> steps = told.stream().map(PythonEnvironmentProgress::step).toList();
    assertEquals(steps.stream().sorted().toList(), steps);
    assertTrue(
        steps.containsAll(List.of(Step.MAKE_VENV, Step.RESOLVE, Step.INSTALL)), told.toString());
    PythonEnvironmentProgress last = told.get(told.size() - 1);
    assertEquals(Step.DONE, last.step());
    assertEquals(OptionalInt.of(100), last.percent());
  }

  @Test
  void whatExistsIsDoneAtOnce() throws IOException {
    MadeEnvironments made = new MadeEnvironments(shared);
    made.make();
    made.steps.clear();
    made.make();

    assertEquals(
        List.of(Step.FIND_PYTHON, Step.DONE),
        made.steps.stream().map(PythonEnvironmentProgress::step).toList());
  }

  @Test
  void nothingIsClaimedBeforeTheNumberOfPackagesIsKnown() {
    pip("Collecting alpha", "Collecting beta>=1 (from alpha)", "  Downloading beta-1.0.whl");

    assertEquals(List.of(-1, -1, -1), percents());
    assertEquals(Step.DOWNLOAD, told.get(2).step());
  }

  private void pip(String... lines) {
    PipInstaller pip = new PipInstaller(Path.of("python"), false, Map.of());
    List.of(lines).forEach(line -> pip.understand(line, meter));
  }

  @Test
  void aPackageCountsHalfWhenItIsThereAndHalfWhenItIsInstalled() {
    meter.total(2);
    pip("Collecting alpha==1.0", "Collecting alpha==1.0", "Collecting beta==1.0");
    pip("Installing collected packages: beta, alpha");
    meter.installed(1);
    meter.installed(1);
    meter.installed(2);
    meter.done("done");

    assertEquals(List.of(25, 25, 50, 50, 75, 99, 100), percents());
  }

  @Test
  void neitherStepNorPercentGoesBack() {
    pip("Installing collected packages: beta, alpha");
    meter.step(Step.RESOLVE, "once more");
    meter.total(10);
    meter.step(Step.RESOLVE, "and more");

    assertEquals(List.of(50, 50, 50), percents());
    assertTrue(told.stream().allMatch(each -> each.step() == Step.INSTALL), told.toString());
  }

  @Test
  void aListenerThatThrowsIsToldNothingMore() {
    List<String> heard = new ArrayList<>();
    ProgressMeter broken =
        new ProgressMeter(
            each -> {
              heard.add(each.message());
              throw new IllegalStateException("a listener's own");
            });
    broken.step(Step.MAKE_VENV, "first");
    broken.step(Step.INSTALL, "second");

    assertEquals(List.of("first"), heard);
  }
}
