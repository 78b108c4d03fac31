package io.stepsampler.worker.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleStateTest {

    private static final String MODULE = """
            class Net(Module):
              __parameters__ = ["weight", "bias", ]
              __buffers__ = []
              weight : Tensor
              training : bool
              _is_full_backward_hook : Optional[bool]
              inner : __torch__.Inner
              __annotations__["0"] = __torch__.Inner
              sizes : List[int]
              bias : Optional[Tensor]
              table : Tensor
              scale : Optional[Tensor]
              eps : Final[float] = 1.0000000000000001e-05
              def forward(self: __torch__.Net,
                x: Tensor) -> Tensor:
                weight = self.weight
                return torch.linear(x, weight)
            """;

    private static final String INNER = """
            class Inner(Module):
              __parameters__ = []
              __buffers__ = ["mean", ]
              mean : Tensor
              def forward(self: __torch__.Inner,
                x: Tensor) -> Tensor:
                return torch.add(x, self.mean)
            """;

    @ParameterizedTest
    @CsvSource({"models/linear", "models/frozen", "models/tied_tensor", "reference/network", "models/batchnorm_dropout"
    })
    void parametersAndBuffersAreAllTheStateOfTheseModules(String name) throws IOException {
        assertThat(ModuleState.tensors(archive(name))).isPresent();
    }

    @Test
    void buffersAreNamedByTheirPath() throws IOException {
        assertThat(ModuleState.tensors(archive("models/batchnorm_dropout")).orElseThrow())
                .hasSize(3)
                .allMatch(held -> held.path().startsWith("getattr(getattr(self, "))
                .anyMatch(held -> held.path().endsWith("\"running_mean\")"));
    }

    /** The weights of a recurrent layer are kept in a list as well. */
    @Test
    void aListOfTensorsIsMoreState() throws IOException {
        assertThat(ModuleState.tensors(archive("export/search/model"))).isEmpty();
    }

    @Test
    void parametersBuffersModulesAndPlainNumbersAreNoOtherState() {
        assertThat(ModuleState.tensors(archive(Map.of("__torch__", MODULE + INNER))))
                .hasValue(List.of(
                        new ModuleState.Held("getattr(self, \"table\")", false),
                        new ModuleState.Held("getattr(self, \"scale\")", true),
                        new ModuleState.Held("getattr(getattr(self, \"inner\"), \"mean\")", false),
                        new ModuleState.Held("getattr(getattr(self, \"0\"), \"mean\")", false)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "  __annotations__[\"a\\\"b\"] = Tensor",
                "  seen : List[Tensor]",
                "  counts : Dict[str, int]",
                "  other : __torch__.torch.classes.Unknown",
                "    self.count = torch.add(count, 1)",
                "    (self.inner).count = 1",
                "    getattr(blocks, \"a:b = c\").count = 1",
                "    getattr(blocks, \"\\\"\").count = torch.len(\"x\")",
                "    sizes = self.sizes",
                "    sizes = getattr(self, \"sizes\")",
                "    _0 = torch.unsqueeze_(mean, 0)",
                "    _0 = torch.add_(CONSTANTS.c0, 1)",
                "    _0 = CONSTANTS.c0"
            })
    void anythingElseIs(String line) {
        boolean declares = !line.startsWith("    ");
        String changed = declares
                ? MODULE.replace("  training : bool\n", "  training : bool\n" + line + "\n")
                : MODULE.replace("    return ", line + "\n    return ");
        assertThat(changed).isNotEqualTo(MODULE);
        assertThat(ModuleState.tensors(archive(Map.of("__torch__", changed + INNER))))
                .isEmpty();
    }

    @Test
    void aConstantThatIsAFurtherArgumentStaysAsItIs() {
        String adding = MODULE.replace("    return ", "    _0 = torch.add_(weight, CONSTANTS.c0)\n    return ");
        assertThat(ModuleState.tensors(archive(Map.of("__torch__", adding + INNER))))
                .isPresent();
    }

    @Test
    void aClassMayBeAsLongAsATracedModules() {
        String longer = MODULE.replace("    return ", "    _0 = torch.relu(x)\n".repeat(20_000) + "    return ");
        assertThat(ModuleState.tensors(archive(Map.of("__torch__", longer + INNER))))
                .isPresent();
    }

    @Test
    void aClassThatIsNoModuleMayHoldAnything() {
        assertThat(ModuleState.tensors(archive(Map.of("__torch__", MODULE + INNER.replace("(Module)", "")))))
                .isEmpty();
    }

    private static TorchScriptArchive archive(Map<String, String> sources) {
        return new TorchScriptArchive("net", "__torch__", "Net", sources);
    }

    private static TorchScriptArchive archive(String name) throws IOException {
        return TorchScriptArchive.read(Files.readAllBytes(Path.of("src/test/resources/" + name + ".pt")));
    }
}
