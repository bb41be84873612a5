using System;
using OrderKernel.Lifecycles;

namespace OrderKernel.Lifecycles.Tests;

/// <summary>Lifecycles that tests extend or make up.</summary>
internal static class Templates
{
    /// <summary>The make-to-order template with 生产准备, reached by itself once the voucher is uploaded and finance has
    /// agreed.</summary>
    public static LifecycleDefinition WithPreparation { get; } = Prepared(SampleLifecycles.Definition("make_to_order"));

    /// <summary>A short lifecycle in which a packed order may leave or change its address, and no longer be cancelled.</summary>
    public static LifecycleDefinition Packing { get; } = new LifecycleBuilder("packing", "Packing", "打包出库")
        .Role("warehouse", "Warehouse", "仓库").Signal("packed_up", "Packed up", "打包完成").Signal("address_change",
            "Change the address", "申请改址")
        .State("open", "Open", "待打包", LifecycleRegion.Fulfilment, LifecycleStage.Preparing, "warehouse").Initial()
        .State("packed", "Packed", "已打包", LifecycleRegion.Fulfilment, LifecycleStage.Ready, "warehouse")
        .State("gone", "Gone", "已出库", LifecycleRegion.Fulfilment, LifecycleStage.Shipped).Final()
        .State("called_off", "Called off", "已取消", LifecycleRegion.Fulfilment, LifecycleStage.Cancelled).Final()
        .Way("open", "packed_up", "packed").Way("open", "cancel", "called_off").When("cancelled_all")
        .Way("packed", "ship", "gone").When("shipped_all").By("warehouse").Way("packed", "address_change", "packed")
        .Build().Definition!;

    private static LifecycleDefinition Prepared(LifecycleDefinition template) => LifecycleDefinition.Read(template.Json
        .Replace("\"evidence\":[", "\"evidence\":[{\"code\":\"payment_voucher\",\"zh\":\"付款凭证\",\"en\":\"Payment voucher\"},",
            StringComparison.Ordinal)
        .Replace("\"signals\":[", "\"signals\":[{\"code\":\"finance_approved\",\"zh\":\"财务审核通过\",\"en\":\"Finance approved\"},"
            + "{\"code\":\"finance_revoked\",\"zh\":\"撤回审核\",\"en\":\"Approval revoked\",\"clears\":[\"finance_approved\"]},",
                StringComparison.Ordinal)
        .Replace("{\"code\":\"preparing\"",
            "{\"code\":\"production_preparation\",\"zh\":\"生产准备\",\"en\":\"Production preparation\","
            + "\"region\":\"fulfilment\",\"stage\":\"preparing\",\"owner\":\"planning\"},{\"code\":\"preparing\"",
                StringComparison.Ordinal)
        .Replace("\"transitions\":[", "\"transitions\":[{\"from\":\"to_confirm\",\"on\":\"auto\",\"to\":\"production_preparation\","
            + "\"when\":[\"evidence payment_voucher\",\"signalled finance_approved\"]},"
            + "{\"from\":\"production_preparation\",\"on\":\"preparation_started\",\"to\":\"preparing\"},"
            + "{\"from\":\"to_confirm\",\"on\":\"finance_approved\",\"to\":\"to_confirm\"},"
            + "{\"from\":\"to_confirm\",\"on\":\"finance_revoked\",\"to\":\"to_confirm\"},", StringComparison.Ordinal))
                .Definition!;
}
