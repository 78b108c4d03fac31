package io.stepsampler.messages;

/**
 * Which checkpoint of a training run a search starts from: its searches together make a schedule of learning rates.
 *
 * @param step optimizer steps that the run had taken by then
 */
public record Series(String name, long step) {

    public Series {
        if (step < 0) {
            throw new IllegalArgumentException("step is " + step + "; a run has taken 0 steps or more");
        }
    }
}
