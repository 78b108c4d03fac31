package io.stepsampler.delivery;

/** A message can be read but breaks the contract: its sender's fault, which the reason tells in one sentence. */
public final class RefusedMessage extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RefusedMessage(String reason) {
        super(reason);
    }
}
