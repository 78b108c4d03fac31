package io.stepsampler.worker.network;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.stepsampler.worker.input.Refusal;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenInputsTest {

    private static final TokenInputs INPUTS = new TokenInputs(List.of(
            new TokenInputs.Input("input_ids", false, 20, 5, "input_ids"),
            new TokenInputs.Input("attention_mask", true, 2, 5, "input_ids")));

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void inputsGoByTheirNamesOrElseByTheirPlaces() {
        assertThatCode(() -> fit(named("attention_mask", 2, 3), named("input_ids", 2, 3)))
                .doesNotThrowAnyException();
        assertThatCode(() -> fit(ones(2, 3), ones(2, 3))).doesNotThrowAnyException();
        assertThatCode(() -> fit(ones(2, 3))).doesNotThrowAnyException();
    }

    @Test
    void otherNamesAreRefusedWithBothLists() {
        requireRefusal(
                "it takes input_ids, attention_mask (optional), and the data has input_ids, labels",
                named("input_ids", 2, 3),
                named("labels", 2, 3));
        requireRefusal(
                "it takes input_ids, attention_mask (optional), and the data has attention_mask",
                named("attention_mask", 2, 3));
    }

    @Test
    void moreTokensThanPositionsAreRefused() {
        requireRefusal("input_ids has the length 6; the model has 5 positions (maxPositionEmbeddings)", ones(2, 6));
    }

    @Test
    void aTokenBeyondTheVocabularyIsRefused() {
        String allowed =
                "; allowed is from 0 to below 20, the size of the model's vocabulary; the tokenizer must be the"
                        + " model's own";
        requireRefusal("input_ids holds 20" + allowed, ones(2, 3).mul(20));
        requireRefusal("input_ids holds -1" + allowed, ones(2, 3).mul(-1));
        requireRefusal(
                "attention_mask holds 2; allowed is from 0 to below 2",
                ones(2, 3),
                ones(2, 3).mul(2));
    }

    @Test
    void anotherTypeOrShapeIsRefused() {
        requireRefusal(
                "input_ids is float32 of shape (2, 3); it must be int64 of shape (rows, length) with the same rows in"
                        + " each input",
                manager.ones(new Shape(2, 3)));
        requireRefusal(
                "attention_mask is int64 of shape (1, 3); it must be int64 of shape (rows, length) with the same rows"
                        + " in each input",
                ones(2, 3),
                ones(1, 3));
        requireRefusal(
                "attention_mask has the shape (2, 4) and input_ids (2, 3); they must be equal", ones(2, 3), ones(2, 4));
    }

    private void requireRefusal(String explanation, NDArray... given) {
        assertThatThrownBy(() -> fit(given))
                .isInstanceOf(Refusal.class)
                .hasMessage("model.checkpoint is here: " + explanation);
    }

    private static void fit(NDArray... given) throws Refusal {
        INPUTS.requireFit(new NDList(given), "here");
    }

    private NDArray named(String name, long... shape) {
        NDArray array = ones(shape);
        array.setName(name);
        return array;
    }

    private NDArray ones(long... shape) {
        return manager.ones(new Shape(shape), DataType.INT64);
    }
}
