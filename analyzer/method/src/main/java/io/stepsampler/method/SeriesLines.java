package io.stepsampler.method;

import java.util.ArrayList;
import java.util.List;

/** Lines to paste into a training that follows the learning rates of a series. */
public final class SeriesLines {

    private static final String TEXT = """
            # The learning rates recommended at the checkpoints of the series {name}; between them straight lines in log10.
            # They belong to the optimizer of the searches, with its momentum or betas. Each was measured over the steps of a
            # trial. A training with all of them was not: rates that are best for few steps tend to fall too early.
            import bisect
            import math

            STEPS = [{steps}]
            RATES = [{rates}]

            def rate(step):
                right = bisect.bisect_right(STEPS, step)
                if right == 0 or right == len(STEPS):
                    return RATES[max(right - 1, 0)]
                share = (step - STEPS[right - 1]) / (STEPS[right] - STEPS[right - 1])
                return math.exp((1 - share) * math.log(RATES[right - 1]) + share * math.log(RATES[right]))

            # PyTorch. Make the optimizer with lr=RATES[0], and call scheduler.step() after every step of it.
            scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate(step) / RATES[0])
            """;

    private SeriesLines() {}

    /**
     * A sentence instead where no finding recommends anything.
     *
     * @param findings by step
     */
    public static String of(String name, List<SeriesFinding> findings) {
        List<String> steps = new ArrayList<>();
        List<String> rates = new ArrayList<>();
        for (SeriesFinding found : findings) {
            Double rate = found.finding().recommendedLearningRate();
            if (rate != null) {
                steps.add(Long.toString(found.step()));
                rates.add(ScheduleLines.number(rate));
            }
        }
        if (steps.isEmpty()) {
            return "# No finding of the series recommends a learning rate, so that there are no lines for one.\n";
        }
        return TEXT.replace("{name}", name)
                .replace("{steps}", String.join(", ", steps))
                .replace("{rates}", String.join(", ", rates));
    }
}
