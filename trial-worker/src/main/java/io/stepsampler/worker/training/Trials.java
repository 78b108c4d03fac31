package io.stepsampler.worker.training;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Model;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Outcome.Code;
import io.stepsampler.messages.Outcome.Failed;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.ProbeKind.ConstantRate;
import io.stepsampler.messages.TrialEvent.Conditions;
import io.stepsampler.messages.TrialEvent.Cost;
import io.stepsampler.worker.input.CheckpointFile;
import io.stepsampler.worker.input.Locations;
import io.stepsampler.worker.input.Refusal;
import io.stepsampler.worker.input.Sources;
import io.stepsampler.worker.network.Complaint;
import io.stepsampler.worker.replay.ReplayTrial;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs trials, one at a time: PyTorch's random state belongs to the process. */
public final class Trials implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Trials.class);

    private final Arithmetic arithmetic;
    private final Sources sources;
    private final PreparedSearches searches;

    private Trials(Arithmetic arithmetic, Sources sources, TorchScriptPolicy torchScript) {
        this.arithmetic = arithmetic;
        this.sources = sources;
        searches = new PreparedSearches(new Preparation(sources, torchScript));
    }

    /** Loads PyTorch, which takes a second or two. */
    public static Trials start(TrialSettings settings) {
        return new Trials(
                Arithmetic.start(settings.threads()), new Sources(settings.sources()), settings.torchScript());
    }

    /** Such as cpu or gpu0. */
    public String device() {
        return arithmetic.device();
    }

    /** The result of a trial that ended without one of its own. */
    public TrialResult failure(Failed failure, double deviceSeconds) {
        return new TrialResult(
                failure,
                new Cost(0, deviceSeconds),
                new Conditions(
                        arithmetic.device(), arithmetic.threads(), arithmetic.versions(), null, null, null, List.of()));
    }

    /** Empty when the trial was told to stop. */
    public synchronized Optional<TrialResult> run(Probe probe, Cancellation cancellation) {
        Course course = new Course();
        Optional<Outcome> outcome;
        try {
            outcome = run(probe, cancellation, course);
        } catch (Refusal refusal) {
            outcome = Optional.of(refusal.outcome());
        } catch (EngineException | OutOfMemoryError e) {
            LOG.warn("The trial of probe {} failed", probe.probeId(), e);
            outcome = Optional.of(failure(e));
        }
        return outcome.map(ended -> course.result(ended, arithmetic));
    }

    @Override
    public synchronized void close() {
        searches.close();
        sources.close();
    }

    private Optional<Outcome> run(Probe probe, Cancellation cancellation, Course course) throws Refusal {
        if (!(probe.kind() instanceof ConstantRate rate)) {
            throw Refusal.unsupported("probe kind", probe.kind(), "this worker runs trials at a constant rate only");
        }
        if (probe.model() instanceof Model.Replay replay) {
            return replay(replay, probe, rate.learningRate(), cancellation, course);
        }
        arithmetic.reset(probe.seed());
        PreparedSearch search = searches.get(probe);
        course.knows(search);
        arithmetic.reset(probe.seed());
        try (NDManager manager = search.manager().newSubManager()) {
            Trial trial = new Trial(
                    search,
                    probe.training().optimizer(),
                    rate.learningRate(),
                    new Divergence(probe.baselineLossScale()),
                    manager);
            Optional<Outcome> outcome = trial.run(cancellation);
            course.took(trial.stepsTaken());
            return outcome;
        }
    }

    private Optional<Outcome> replay(
            Model.Replay model, Probe probe, double learningRate, Cancellation cancellation, Course course)
            throws Refusal {
        CheckpointFile file;
        try (Locations locations = sources.of(probe.team())) {
            file = CheckpointFile.read(Parts.stored(model.checkpoint()), null, locations);
        }
        course.knowsCheckpoint(file.digest());
        Outcome outcome = ReplayTrial.of(file, probe.steps()).run(learningRate);
        try {
            cancellation.await(model.options().trialSeconds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        course.took(probe.steps());
        return cancellation.isRequested() ? Optional.empty() : Optional.of(outcome);
    }

    private Failed failure(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof OutOfMemoryError
                || message.contains("out of memory")
                || message.contains("can't allocate memory")) {
            searches.close();
            return new Failed(
                    Code.OUT_OF_MEMORY,
                    null,
                    null,
                    "the trial needs more memory than the worker has: " + Complaint.of(failure));
        }
        return new Failed(Code.CRASHED, null, null, "PyTorch refused to go on: " + Complaint.of(failure));
    }
}
