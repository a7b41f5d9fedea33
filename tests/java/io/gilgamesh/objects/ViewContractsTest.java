package io.gilgamesh.objects;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.common.collect.testing.ListTestSuiteBuilder;
import com.google.common.collect.testing.MapTestSuiteBuilder;
import com.google.common.collect.testing.SetTestSuiteBuilder;
import com.google.common.collect.testing.TestStringListGenerator;
import com.google.common.collect.testing.TestStringMapGenerator;
import com.google.common.collect.testing.TestStringSetGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.ListFeature;
import com.google.common.collect.testing.features.MapFeature;
import com.google.common.collect.testing.features.SetFeature;
import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonObject;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import junit.framework.Test;
import junit.framework.TestCase;
import junit.framework.TestSuite;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * The contracts of java.util's collections, as Guava's test library has them, kept by the views.
 */
class ViewContractsTest {

  private static Python python;
  private static PythonContext context;

  @BeforeAll
  static void open() {
    python = Python.start();
    context = python.contexts().open("contracts");
    context.exec("import collections, types");
  }

  @AfterAll
  static void close() {
    python.close();
  }

  /** What Python makes of Java's elements. */
  private static PythonObject made(String type, Object elements) {
    return context.eval(type + "(elements)", Map.of("elements", elements));
  }

  private static TestStringListGenerator lists(String type) {
    return new TestStringListGenerator() {
      @Override
      protected List<String> create(String[] elements) {
        return made(type, Arrays.asList(elements)).asList(String.class);
      }
    };
  }

  private static TestStringSetGenerator sets(String type) {
    return new TestStringSetGenerator() {
      @Override
      protected Set<String> create(String[] elements) {
        return made(type, Arrays.asList(elements)).asSet(String.class);
      }
    };
  }

  private static TestStringMapGenerator maps(String type) {
    return new TestStringMapGenerator() {
      @Override
      protected Map<String, String> create(Map.Entry<String, String>[] entries) {
        Map<String, String> elements = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : entries) {
          elements.put(entry.getKey(), entry.getValue());
        }
        return made(type, elements).asMap(String.class, String.class);
      }
    };
  }

  @TestFactory
  Stream<DynamicNode> listsThatChange() {
    return Stream.of("list", "collections.deque")
        .map(
            type ->
                ListTestSuiteBuilder.using(lists(type))
                    .named(type)
                    .withFeatures(
                        ListFeature.GENERAL_PURPOSE,
                        CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
                        CollectionFeature.FAILS_FAST_ON_CONCURRENT_MODIFICATION,
                        CollectionFeature.ALLOWS_NULL_VALUES,
                        CollectionSize.ANY)
                    .createTestSuite())
        .map(ViewContractsTest::node);
  }

  @TestFactory
  DynamicNode listsThatDoNot() {
    return node(
        ListTestSuiteBuilder.using(lists("tuple"))
            .named("tuple")
            .withFeatures(CollectionFeature.ALLOWS_NULL_VALUES, CollectionSize.ANY)
            .createTestSuite());
  }

  @TestFactory
  DynamicNode setsThatChange() {
    return node(
        SetTestSuiteBuilder.using(sets("set"))
            .named("set")
            .withFeatures(
                SetFeature.GENERAL_PURPOSE,
                CollectionFeature.FAILS_FAST_ON_CONCURRENT_MODIFICATION,
                CollectionFeature.ALLOWS_NULL_VALUES,
                CollectionSize.ANY)
            .createTestSuite());
  }

  @TestFactory
  DynamicNode setsThatDoNot() {
    return node(
        SetTestSuiteBuilder.using(sets("frozenset"))
            .named("frozenset")
            .withFeatures(CollectionFeature.ALLOWS_NULL_VALUES, CollectionSize.ANY)
            .createTestSuite());
  }

  @TestFactory
  Stream<DynamicNode> mapsThatChange() {
    return Stream.of("dict", "collections.UserDict")
        .map(
            type ->
                MapTestSuiteBuilder.using(maps(type))
                    .named(type)
                    .withFeatures(
                        MapFeature.GENERAL_PURPOSE,
                        MapFeature.ALLOWS_NULL_KEYS,
                        MapFeature.ALLOWS_NULL_VALUES,
                        MapFeature.ALLOWS_ANY_NULL_QUERIES,
                        MapFeature.FAILS_FAST_ON_CONCURRENT_MODIFICATION,
                        CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
                        CollectionFeature.KNOWN_ORDER,
                        CollectionSize.ANY)
                    .createTestSuite())
        .map(ViewContractsTest::node);
  }

  @TestFactory
  DynamicNode mapsThatDoNot() {
    return node(
        MapTestSuiteBuilder.using(maps("types.MappingProxyType"))
            .named("mappingproxy")
            .withFeatures(
                MapFeature.ALLOWS_NULL_KEYS,
                MapFeature.ALLOWS_NULL_VALUES,
                MapFeature.ALLOWS_ANY_NULL_QUERIES,
                CollectionFeature.KNOWN_ORDER,
                CollectionSize.ANY)
            .createTestSuite());
  }

  /** The library's tests are of JUnit 3. */
  private static DynamicNode node(Test test) {
    if (test instanceof TestSuite suite) {
      return dynamicContainer(
          suite.getName(), Collections.list(suite.tests()).stream().map(ViewContractsTest::node));
    }
    TestCase single = (TestCase) test;
    return dynamicTest(single.getName(), single::runBare);
  }
}
