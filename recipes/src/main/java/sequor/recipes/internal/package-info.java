/// What the recipes share and no user needs.
@NullMarked
package sequor.recipes.internal;

import org.jspecify.annotations.NullMarked;
