package io.gilgamesh;

/**
 * The interpreters of isolated contexts. Of those that were made, the ones that are neither idle,
 * nor abandoned, nor lost serve a context or are being cleaned.
 *
 * @param made interpreters made since the start
 * @param reused how often one of them was used for another context
 * @param idle those that are clean and wait for a context
 * @param abandoned those whose context was closed while code still runs in them: a call that cannot
 *     be interrupted, or a thread of Python's; they are cleaned and used again once that has ended
 * @param lost those that could not be cleaned, and are not used again
 */
public record PythonInterpreterStats(
    long made, long reused, long idle, long abandoned, long lost) {}
