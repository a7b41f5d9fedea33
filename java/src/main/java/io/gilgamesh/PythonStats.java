package io.gilgamesh;

import java.time.Duration;

/**
 * The counters of the runtime, read at one moment without waiting for Python; those of busy threads
 * may lag a little.
 *
 * @param liveHandles Python objects that Java holds
 * @param scopedHandles those of them that a transaction releases at its end
 * @param managedHandles those of them that live until they are closed or their Java objects are
 *     found dead
 * @param handlesMade handles made since the start
 * @param handlesReleased handles released since the start
 * @param queued releases that wait for a thread that may run Python
 * @param reclaimed releases that came that way since the start
 * @param abandoned references given up without a release, at the end of the JVM
 * @param transactions open transactions
 * @param threadStates threads that Python keeps a state for
 * @param attaches how often a thread was attached since the start
 * @param contexts open contexts
 * @param waitingThreads threads that wait for Python now
 * @param longestWait how long the first of them has waited
 * @param bufferBytes bytes of the buffers in which values cross
 * @param javaObjects Java objects that Python holds, streams that it was given among them; without
 *     enum constants, each of which is one object of the interpreter's and never given back
 * @param interpreters the interpreters of isolated contexts
 */
public record PythonStats(
    long liveHandles,
    long scopedHandles,
    long managedHandles,
    long handlesMade,
    long handlesReleased,
    long queued,
    long reclaimed,
    long abandoned,
    long transactions,
    long threadStates,
    long attaches,
    long contexts,
    long waitingThreads,
    Duration longestWait,
    long bufferBytes,
    long javaObjects,
    PythonInterpreterStats interpreters) {}
