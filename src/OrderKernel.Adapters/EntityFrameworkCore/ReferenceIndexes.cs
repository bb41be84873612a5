using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Metadata.Conventions.Infrastructure;

namespace OrderKernel.Adapters.EntityFrameworkCore;

/// <summary>The framework indexes every reference. The host's tables keep that; the kernel's have the indexes of the
/// scripts only.</summary>
internal sealed class ReferenceIndexes(ProviderConventionSetBuilderDependencies dependencies) : ForeignKeyIndexConvention(dependencies)
{
    /// <summary>Marks the kernel's tables in a model.</summary>
    public const string Ours = "OrderKernel:Table";

    protected override IConventionIndex? CreateIndex(
        IReadOnlyList<IConventionProperty> properties, bool unique, IConventionEntityTypeBuilder entityTypeBuilder) =>
        entityTypeBuilder.Metadata.FindAnnotation(Ours) is null ? base.CreateIndex(properties, unique, entityTypeBuilder) : null;
}
