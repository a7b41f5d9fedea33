package io.gilgamesh.internal.host;

import io.gilgamesh.internal.host.HostCallException.Kind;
import java.lang.ref.WeakReference;
import java.util.Arrays;

/**
 * Things by the numbers under which scripts know them: dense, from 1, never reused. They are held
 * weakly, so that a class that nothing else keeps can be unloaded; its number leads nowhere then.
 *
 * @param <T> the things
 */
final class Numbering<T> {

  private final String what;
  private volatile WeakReference<T>[] slots;
  private int count;

  Numbering(String what) {
    this.what = what;
    slots = array(64);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <T> WeakReference<T>[] array(int size) {
    return new WeakReference[size];
  }

  synchronized int add(T thing) {
    count++;
    WeakReference<T>[] all = count < slots.length ? slots : Arrays.copyOf(slots, count * 2);
    all[count] = new WeakReference<>(thing);
    // Written even where it is the same array: readers of the number see what is in it.
    slots = all;
    return count;
  }

  T get(int number) {
    WeakReference<T>[] all = slots;
    WeakReference<T> slot = number > 0 && number < all.length ? all[number] : null;
    T thing = slot == null ? null : slot.get();
    if (thing == null) {
      throw new HostCallException(
          Kind.TYPE,
          slot == null
              ? "no Java " + what + " has the number " + number
              : "this Java " + what + " is gone: its class was unloaded");
    }
    return thing;
  }
}
