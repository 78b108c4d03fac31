package io.stepsampler.method;

import io.stepsampler.messages.Finding;

/** Lines to paste into a training that uses a finding, and which number goes where and why. */
public final class ScheduleLines {

    private static final String TEXT = """
            # N is the number of optimizer steps of the whole training.
            # {rate}: the recommended rate{reason}.
            # It belongs to the optimizer of the search, with its momentum or betas: make the same one with lr={rate}. For
            # another optimizer it means nothing.

            # PyTorch, warm-up and cosine. The recommended rate is the one the optimizer is made with: the highest of the
            # schedule, reached from a hundredth of it so that nothing breaks before the optimizer has its statistics.
            warmup = torch.optim.lr_scheduler.LinearLR(optimizer, start_factor=0.01, total_iters=max(1, N // 20))
            cosine = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=N - max(1, N // 20))
            scheduler = torch.optim.lr_scheduler.SequentialLR(optimizer, [warmup, cosine], milestones=[max(1, N // 20)])

            # PyTorch, one cycle. max_lr is the recommended rate and not the window's upper end{upper}.
            # Momentum stays as it was in the search.
            scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr={rate}, total_steps=N, cycle_momentum=False)

            # PyTorch, cyclic. From {base}, {lower}, to the recommended rate.
            scheduler = torch.optim.lr_scheduler.CyclicLR(
                optimizer, base_lr={base}, max_lr={rate}, step_size_up=max(1, N // 10), cycle_momentum=False)

            # Hugging Face. learning_rate is the highest of the schedule. Its optimizer is AdamW with betas of 0.9 and 0.999
            # unless optim says otherwise; hand over another one as optimizers=(optimizer, scheduler).
            TrainingArguments(output_dir="out", learning_rate={rate}, lr_scheduler_type="cosine", warmup_ratio=0.05)

            // DJL. setBaseValue is the highest of the schedule.
            Tracker tracker = Tracker.warmUp()
                    .optWarmUpSteps(Math.max(1, N / 20))
                    .optWarmUpBeginValue({hundredth}f)
                    .setMainTracker(Tracker.cosine().setBaseValue({rate}f).optFinalValue(0f).setMaxUpdates(N).build())
                    .build();

            # Advice, not measured: for a batch k times as large, try k times the rate with sgd and the square root of k times
            # with adam and its like, up to a k of about 4; search again beyond.
            """;

    private static final double SMALLEST_PLAIN = 1e-3;

    private ScheduleLines() {}

    /** A sentence instead where the finding recommends nothing. */
    public static String of(Finding finding) {
        Double rate = finding.recommendedLearningRate();
        if (rate == null) {
            return "# The finding recommends no learning rate, so that there are no lines for one.\n";
        }
        Finding.Window window = finding.window();
        boolean isKneeBelow = window != null && window.minLearningRate() < rate;
        double base = window != null && isKneeBelow ? window.minLearningRate() : rate / 10;
        return TEXT.replace("{reason}", finding.reason() == null ? "" : ", " + finding.reason())
                .replace("{upper}", window == null ? "" : upper(window.maxLearningRate()))
                .replace(
                        "{lower}",
                        isKneeBelow
                                ? "the window's lower end, where learning begins"
                                : "a tenth of the recommended rate")
                .replace("{base}", number(base))
                .replace("{hundredth}", number(rate / 100))
                .replace("{rate}", number(rate));
    }

    private static String upper(double rate) {
        return ",\n# " + number(rate)
                + ": there the loss is lowest after the few steps of a trial, and often not for long";
    }

    /** As Python and Java read it. */
    static String number(double value) {
        String rounded = Numbers.rate(value);
        return value < SMALLEST_PLAIN ? rounded : String.valueOf(Double.parseDouble(rounded));
    }
}
