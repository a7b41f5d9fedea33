package io.gilgamesh.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BoundedCacheTest {

  @Test
  void neverHoldsMoreThanTwiceItsCapacity() {
    BoundedCache<Integer, String> cache = new BoundedCache<>(100);
    for (int i = 0; i < 10_000; i++) {
      cache.put(i, "v" + i);
      assertTrue(cache.size() <= 200);
    }
    assertEquals("v9999", cache.get(9999));
    assertNull(cache.get(0));
  }

  @Test
  void keepsWhatIsUsed() {
    BoundedCache<Integer, String> cache = new BoundedCache<>(100);
    cache.put(-1, "used");
    for (int i = 0; i < 10_000; i++) {
      cache.put(i, "v");
      assertEquals("used", cache.get(-1));
    }
  }
}
