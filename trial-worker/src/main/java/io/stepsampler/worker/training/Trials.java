package io.stepsampler.worker.training;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.stepsampler.messages.CheckReport;
import io.stepsampler.messages.Model;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Outcome.Code;
import io.stepsampler.messages.Outcome.Failed;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.SearchSpecification;
import io.stepsampler.messages.TrialEvent.Conditions;
import io.stepsampler.messages.TrialEvent.Cost;
import io.stepsampler.worker.input.CheckpointFile;
import io.stepsampler.worker.input.Locations;
import io.stepsampler.worker.input.Refusal;
import io.stepsampler.worker.input.Sources;
import io.stepsampler.worker.network.Complaint;
import io.stepsampler.worker.replay.Replays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs trials. Those that train run one at a time: PyTorch's random state belongs to the process. */
public final class Trials implements TrialRunner, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Trials.class);

    private final Arithmetic arithmetic;
    private final Sources sources;
    private final PreparedSearches searches;
    private final Replays replays = new Replays();

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
                        arithmetic.device(), arithmetic.threads(), arithmetic.versions(), null, null, null, List.of()),
                null);
    }

    @Override
    public Optional<TrialResult> run(Probe probe, Cancellation cancellation) {
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

    /** Looks at a search before anything is queued; trains twice. */
    public synchronized CheckReport check(SearchSpecification specification) {
        Probe baseline = Check.baseline(specification);
        Course course = new Course();
        try {
            arithmetic.reset(baseline.seed());
            long startedNanos = System.nanoTime();
            PreparedSearch search = searches.get(baseline);
            double readSeconds = (System.nanoTime() - startedNanos) / 1e9;
            course.knows(search);
            return new Check(arithmetic, search, readSeconds, course.conditions(arithmetic)).report(baseline.steps());
        } catch (Refusal refusal) {
            return CheckReport.refused(refusal.outcome());
        } catch (EngineException | OutOfMemoryError e) {
            LOG.warn("The check failed", e);
            return CheckReport.refused(failure(e));
        }
    }

    @Override
    public synchronized void close() {
        searches.close();
        sources.close();
    }

    private Optional<Outcome> run(Probe probe, Cancellation cancellation, Course course) throws Refusal {
        RateSchedule rates =
                RateSchedule.of(probe.kind(), probe.steps(), probe.training().warmupSteps());
        return probe.model() instanceof Model.Replay replay
                ? replay(replay, probe, rates, cancellation, course)
                : train(probe, rates, cancellation, course);
    }

    private synchronized Optional<Outcome> train(
            Probe probe, RateSchedule rates, Cancellation cancellation, Course course) throws Refusal {
        arithmetic.reset(probe.seed());
        PreparedSearch search = searches.get(probe);
        course.knows(search);
        Optional<Outcome> known = course.takesOver(probe.formerTrials(), arithmetic);
        if (known.isPresent()) {
            return known;
        }
        arithmetic.reset(probe.seed());
        try (NDManager manager = search.manager().newSubManager()) {
            Trial trial =
                    new Trial(search, rates, new Divergence(probe.baselineLossScale()), StepWatch.NOBODY, manager);
            Optional<Outcome> outcome = trial.run(probe.steps(), cancellation);
            course.took(trial.stepsTaken());
            return outcome;
        }
    }

    private Optional<Outcome> replay(
            Model.Replay model, Probe probe, RateSchedule rates, Cancellation cancellation, Course course)
            throws Refusal {
        CheckpointFile file;
        try (Locations locations = sources.of(probe.team())) {
            file = CheckpointFile.read(ModelReader.stored(model.checkpoint()), null, locations);
        }
        course.knowsCheckpoint(file.digest());
        Optional<Outcome> known = course.takesOver(probe.formerTrials(), arithmetic);
        if (known.isPresent()) {
            return known;
        }
        Outcome outcome = replays.of(file, probe.steps()).run(rates::at);
        try {
            cancellation.await(model.options().trialSeconds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        course.took(probe.steps());
        return cancellation.isRequested() ? Optional.empty() : Optional.of(outcome);
    }

    private synchronized Failed failure(Throwable failure) {
        if (Complaint.speaksOfLostDevice(failure)) {
            throw new DeviceLost(failure);
        }
        if (Complaint.speaksOfMemory(failure)) {
            searches.close();
            JniUtils.emptyCudaCache();
            return new Failed(
                    Code.OUT_OF_MEMORY,
                    null,
                    null,
                    "the trial needs more memory than the worker has: " + Complaint.of(failure));
        }
        return new Failed(Code.CRASHED, null, null, "PyTorch refused to go on: " + Complaint.of(failure));
    }
}
