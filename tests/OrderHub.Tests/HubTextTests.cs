using System.Linq;
using System.Reflection;
using OrderKernel.Findings;
using Xunit;

namespace OrderHub.Tests;

public class HubTextTests
{
    [Fact]
    public void EveryText_ExistsInBothLanguages_UnderACodeOfItsOwn()
    {
        FindingKind[] texts = typeof(HubText).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Where(static property => property.PropertyType == typeof(FindingKind))
            .Select(static property => (FindingKind)property.GetValue(null)!).ToArray();
        Assert.True(texts.Length > 40);
        Assert.Equal(texts.Length, texts.Select(static text => text.Code).Distinct().Count());
        Assert.All(texts, static text =>
        {
            // The kind itself refuses languages that name different places; a text must also be in its language.
            string chinese = new([.. text.Name.Chinese.Where(static c => c is >= '\u4e00' and <= '\u9fff')]);
            Assert.True(chinese.Length > 0 || text.Places.Length == 2, text.Code);
            Assert.DoesNotContain(text.Name.English, static c => c is >= '\u4e00' and <= '\u9fff');
        });
    }
}
